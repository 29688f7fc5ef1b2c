import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { InvalidArgumentError } from "commander";
import { errorDetail, FlowdeckError, saidOf, toAppError } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import {
  type AppOptions,
  addAppOptions,
  LocalizedCommand,
  languageOf,
  openLogFile,
  type RawAppOptions,
  readAppOptions,
} from "../app/index.ts";
import { createBackend } from "../backend.ts";
import { startLinkMs } from "../host/index.ts";
import { ensureBuilt } from "./build-page.ts";
import { childEnvironment } from "./child-environment.ts";
import { findElectron } from "./electron-binary.ts";
import { openStartLink } from "./open-browser.ts";
import { projectRoot, projectVersion } from "./project.ts";
import { linkFromRunning } from "./running-instance.ts";
import { serveWeb } from "./serve-web.ts";
import { endingSignal, whenAborted } from "./shutdown-signal.ts";

interface StartOptions extends RawAppOptions {
  open: boolean;
  keep: boolean;
  web: boolean;
  port: number;
}

const lingerMs = 60_000;
/** In which a browser that is asked to open a page has read it. */
const browserMs = 20_000;
/** Electron that ends sooner than this, and not well, could not show a window at all. */
const stillbornMs = 4_000;

const language = languageOf(process.env);
/** `npm start`: the window where Electron can run, else the same app in the browser. */
const program = new LocalizedCommand("npm start --", language);
const text = (said: Message) => program.text(said);
const say = (said: Message) => console.log(text(said));

async function start(raw: StartOptions): Promise<void> {
  const ending = endingSignal();
  try {
    const options = await readAppOptions(raw, process.env).catch((thrown: unknown) => {
      process.exitCode = 2;
      throw thrown;
    });
    const why = raw.web ? message("cliStart.webGiven") : await tryWindow(options, ending.signal);
    if (why !== undefined) await runInBrowser(options, raw, why, ending.signal);
  } finally {
    ending.stop();
  }
}

/** Opens the window and stays until it is closed; or gives the reason why there is none. */
async function tryWindow(options: AppOptions, signal: AbortSignal): Promise<Message | undefined> {
  const binary = await findElectron(options.env, say, signal);
  if ("missing" in binary) return binary.missing;
  await ensureBuilt("page", say, signal);
  await ensureBuilt("electron", say, signal);
  const args = [projectRoot, "--data-dir", options.dataDir];
  if (options.mirror !== undefined) args.push("--mirror", options.mirror);
  if (options.kubeconfigs !== undefined) args.push("--kubeconfig", options.kubeconfigs.join(delimiter));
  const began = Date.now();
  const code = await new Promise<number>((resolve) => {
    const child = spawn(binary.path, args, { stdio: "inherit", env: childEnvironment(options.env) });
    signal.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
    child.once("error", () => resolve(1));
    child.once("exit", (exitCode) => resolve(exitCode ?? 1));
  });
  const ended = Date.now() - began;
  if (code !== 0 && ended < stillbornMs && !signal.aborted)
    return message("cliStart.endedAtOnce", { code: String(code) });
  process.exitCode = signal.aborted ? 0 : code;
  return undefined;
}

async function runInBrowser(options: AppOptions, raw: StartOptions, why: Message, signal: AbortSignal): Promise<void> {
  const link = await linkFromRunning(options.dataDir);
  if (link !== undefined) {
    say(message("cliStart.alreadyRuns"));
    // That host does not tell this process when the link is used.
    const used = sleep(browserMs, undefined, { signal }).catch(() => undefined);
    await (await present(link, raw.open, options, used)).done;
    return;
  }
  say(message("cliStart.inBrowser", { why }));
  const pageFolder = await ensureBuilt("page", say, signal);
  const log = await openLogFile(options.dataDir);
  const running = await createBackend({
    ...options,
    host: "web",
    version: projectVersion(),
    assetsDir: join(projectRoot, "assets"),
    log: log.write,
  });
  try {
    const served = await serveWeb({
      running,
      dataDir: options.dataDir,
      pageFolder,
      port: raw.port,
      log: log.write,
      ...(raw.keep ? {} : { lingerMs }),
    });
    const used = Promise.race([served.entered, sleep(startLinkMs, undefined, { ref: false }), whenAborted(signal)]);
    const presented = await present(served.host.startUrl(), raw.open, options, used);
    const stopListening = newLinkOnEnter(() => console.log(served.host.startUrl()));
    await Promise.race([whenAborted(signal), served.abandoned]);
    stopListening();
    say(signal.aborted ? message("cliStart.ending") : message("cliStart.endingUnused"));
    const activity = running.activity();
    if (activity !== undefined) console.log(`${text(activity)} ${text(message("appWindow.continuesLater"))}`);
    await Promise.all([served.close(), presented.remove()]);
  } finally {
    for (const said of await running.close()) say(said);
    await log.close();
  }
}

interface Presented {
  /** Resolves when nothing of the link is left on disk. */
  done: Promise<void>;
  remove(): Promise<void>;
}

/** Opens the link and prints it; what is written to open it goes when it has been used. */
async function present(link: string, open: boolean, options: AppOptions, used: Promise<unknown>): Promise<Presented> {
  const remove = open ? await openStartLink(link, options) : undefined;
  say(remove ? message("cliStart.browserOpens") : message("cliStart.openAddress"));
  console.log(`\n  ${link}\n`);
  say(message("cliStart.once"));
  if (remove === undefined) return { done: Promise.resolve(), remove: () => Promise.resolve() };
  return { done: used.then(remove), remove };
}

/** In a terminal, Enter prints a new start link (a browser that was closed has lost its session). */
function newLinkOnEnter(print: () => void): () => void {
  if (!process.stdin.isTTY) return () => undefined;
  const onData = () => {
    console.log(`${text(message("cliStart.newLink"))}\n`);
    print();
  };
  process.stdin.on("data", onData);
  say(message("cliStart.pressEnter"));
  return () => {
    process.stdin.off("data", onData);
    process.stdin.pause();
  };
}

function portNumber(given: string): number {
  const port = Number(given);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError(text(message("cliUsage.port")));
}

addAppOptions(program)
  .description(text(message("cliHelp.window")))
  .option("--no-open", text(message("cliHelp.noOpen")))
  .option("--web", text(message("cliHelp.web")), false)
  .option("--port <number>", text(message("cliHelp.port")), portNumber, 0)
  .option("--keep", text(message("cliHelp.keep")), false)
  .allowExcessArguments(false)
  .action(start);

try {
  await program.parseAsync();
} catch (thrown) {
  const error = toAppError(thrown);
  if (error.code !== "cancelled") {
    const words = saidOf(error);
    console.error(`Flowdeck: ${typeof words === "string" ? words : text(words)}`);
    const detail = errorDetail(error, language);
    if (detail !== undefined) console.error(detail);
    if (!(thrown instanceof FlowdeckError) && thrown instanceof Error) console.error(thrown.stack);
    process.exitCode ??= 1;
  }
}
