import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Command, InvalidArgumentError } from "commander";
import { errorDetail, FlowdeckError, toAppError } from "../../common/contract/index.ts";
import { message, textOf } from "../../common/words/index.ts";
import { type AppOptions, addAppOptions, openLogFile, type RawAppOptions, readAppOptions } from "../app/index.ts";
import { createBackend } from "../backend.ts";
import { startLinkMs } from "../host/index.ts";
import { ensureBuilt } from "./build-page.ts";
import { childEnvironment } from "./child-environment.ts";
import { findElectron } from "./electron-binary.ts";
import { languageOf } from "./language.ts";
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

const say = (line: string) => console.log(line);

/** `npm start`: the window where Electron can run, else the same app in the browser. */
const language = languageOf(process.env);

async function start(raw: StartOptions): Promise<void> {
  const ending = endingSignal();
  try {
    const options = await readAppOptions(raw, process.env).catch((thrown: unknown) => {
      process.exitCode = 2;
      throw thrown;
    });
    const why = raw.web ? "--web was given" : await tryWindow(options, ending.signal);
    if (why !== undefined) await runInBrowser(options, raw, why, ending.signal);
  } finally {
    ending.stop();
  }
}

/** Opens the window and stays until it is closed; or gives the reason why there is none. */
async function tryWindow(options: AppOptions, signal: AbortSignal): Promise<string | undefined> {
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
  if (code !== 0 && ended < stillbornMs && !signal.aborted) return `Electron ended at once with code ${code}`;
  process.exitCode = signal.aborted ? 0 : code;
  return undefined;
}

async function runInBrowser(options: AppOptions, raw: StartOptions, why: string, signal: AbortSignal): Promise<void> {
  const link = await linkFromRunning(options.dataDir);
  if (link !== undefined) {
    say("Flowdeck already runs on this data folder; here is a new link to it.");
    // That host does not tell this process when the link is used.
    const used = sleep(browserMs, undefined, { signal }).catch(() => undefined);
    await (await present(link, raw.open, options, used)).done;
    return;
  }
  say(`Flowdeck runs in the browser: ${why}.`);
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
    const stopListening = newLinkOnEnter(() => say(served.host.startUrl()));
    await Promise.race([whenAborted(signal), served.abandoned]);
    stopListening();
    say(signal.aborted ? "Ending Flowdeck …" : "The last page has been gone for a minute. Ending Flowdeck …");
    const activity = running.activity();
    if (activity !== undefined)
      say(`${textOf(activity, language)} ${textOf(message("appWindow.continuesLater"), language)}`);
    await Promise.all([served.close(), presented.remove()]);
  } finally {
    for (const line of await running.close()) say(line);
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
  say(remove ? "Your browser opens. If it does not, open this address:" : "Open this address in a browser:");
  say(`\n  ${link}\n`);
  say("It lets one browser in, once, within five minutes. Ctrl-C ends Flowdeck.");
  if (remove === undefined) return { done: Promise.resolve(), remove: () => Promise.resolve() };
  return { done: used.then(remove), remove };
}

/** In a terminal, Enter prints a new start link (a browser that was closed has lost its session). */
function newLinkOnEnter(print: () => void): () => void {
  if (!process.stdin.isTTY) return () => undefined;
  const onData = () => {
    say("A new link, for one browser, once:\n");
    print();
  };
  process.stdin.on("data", onData);
  say("Press Enter here for another link.");
  return () => {
    process.stdin.off("data", onData);
    process.stdin.pause();
  };
}

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a whole number from 0 (any free one) to 65535.");
}

const program = addAppOptions(new Command("npm start --"))
  .description("Opens Flowdeck: its window, or the same app in the browser where there is no window to open.")
  .option("--no-open", "print the address instead of opening a browser")
  .option("--web", "use the browser even where a window could be opened", false)
  .option("--port <number>", "port on 127.0.0.1 for the browser", portNumber, 0)
  .option("--keep", "stay when the last page has been closed", false)
  .allowExcessArguments(false)
  .showHelpAfterError("(--help lists the options)")
  .action(start);

try {
  await program.parseAsync();
} catch (thrown) {
  const error = toAppError(thrown);
  if (error.code !== "cancelled") {
    console.error(`Flowdeck: ${error.said === undefined ? error.message : textOf(error.said, language)}`);
    const detail = errorDetail(error, language);
    if (detail !== undefined) console.error(detail);
    if (!(thrown instanceof FlowdeckError) && thrown instanceof Error) console.error(thrown.stack);
    process.exitCode ??= 1;
  }
}
