import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { type Message, message } from "../../common/words/cli.ts";
import { childEnvironment } from "./child-environment.ts";
import { hasDisplay } from "./open-browser.ts";

export type ElectronBinary = { path: string } | { missing: Message };

const probeMs = 5_000;

/**
 * Electron's program, if a window can be opened here: the one that is there, or else one that Electron's own installer
 * fetches now. Where that cannot be, says why in a few words.
 */
export async function findElectron(
  env: NodeJS.ProcessEnv,
  say: (said: Message) => void,
  signal: AbortSignal,
): Promise<ElectronBinary> {
  if (!hasDisplay(env)) return { missing: message("cliStart.noDisplay") };
  const folder = electronFolder();
  if (folder === undefined) return { missing: message("cliStart.noPackage") };
  const present = binaryIn(folder, env);
  if (present !== undefined) return { path: present };
  const url = downloadUrl(folder, env);
  say(message("cliStart.askingFor", { host: new URL(url).host }));
  const problem = await probe(url, signal);
  if (problem !== undefined) return { missing: message("cliStart.noProgram", { why: problem }) };
  await install(folder, env, say, signal);
  const fetched = binaryIn(folder, env);
  return fetched === undefined ? { missing: message("cliStart.notFetched") } : { path: fetched };
}

function electronFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve("electron/package.json"));
  } catch {
    return undefined; // left out of this installation (npm ci --omit=dev)
  }
}

/** The same two files that Electron's own index.js looks at. */
function binaryIn(folder: string, env: NodeJS.ProcessEnv): string | undefined {
  const note = join(folder, "path.txt");
  if (!existsSync(note)) return undefined;
  const path = join(env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, "dist"), readFileSync(note, "utf8"));
  return existsSync(path) ? path : undefined;
}

/** Where @electron/get would fetch it from: its mirror variables, npm's settings, else GitHub. */
export function downloadUrl(folder: string, env: NodeJS.ProcessEnv): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { version } = z.object({ version: z.string() }).parse(manifest);
  const setting = (camel: string, snake: string) =>
    env[`npm_config_electron_${camel.toLowerCase()}`] ||
    env[`NPM_CONFIG_ELECTRON_${snake.toUpperCase()}`] ||
    env[`npm_config_electron_${snake}`] ||
    env[`npm_package_config_electron_${camel}`] ||
    env[`npm_package_config_electron_${snake}`] ||
    env[`ELECTRON_${snake.toUpperCase()}`];
  const base = setting("mirror", "mirror") || "https://github.com/electron/electron/releases/download/";
  const directory = (setting("customDir", "custom_dir") || `v${version}`).replace("{{ version }}", version);
  const file =
    setting("customFilename", "custom_filename") || `electron-v${version}-${process.platform}-${process.arch}.zip`;
  return `${base}${directory}/${file}`;
}

/** Undefined when the file is there to be fetched, else why not. */
async function probe(url: string, signal: AbortSignal): Promise<Message | undefined> {
  const { host } = new URL(url);
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(probeMs)]);
    const response = await fetch(url, { method: "HEAD", signal: limit });
    return response.ok ? undefined : message("cliStart.notThere", { host, status: String(response.status) });
  } catch (error) {
    signal.throwIfAborted();
    const slow = error instanceof Error && error.name === "TimeoutError";
    return slow
      ? message("cliStart.noAnswer", { host, seconds: probeMs / 1000 })
      : message("cliStart.outOfReach", { host });
  }
}

/** Runs Electron's own installer, which checks what it fetched; says every few seconds that it still goes on. */
async function install(folder: string, env: NodeJS.ProcessEnv, say: (said: Message) => void, signal: AbortSignal) {
  const began = Date.now();
  say(message("cliStart.fetching"));
  const ticking = setInterval(() => {
    say(message("cliStart.stillFetching", { seconds: Math.round((Date.now() - began) / 1000) }));
  }, 5_000);
  try {
    await new Promise<void>((resolve) => {
      const child = spawn(process.execPath, [join(folder, "install.js")], {
        stdio: ["ignore", "ignore", "inherit"],
        env: childEnvironment(env),
        signal,
      });
      child.once("error", (error) => {
        if (!signal.aborted) say(message("cliStart.installerFailed", { words: error.message }));
        resolve();
      });
      child.once("exit", () => resolve());
    });
  } finally {
    clearInterval(ticking);
  }
  signal.throwIfAborted();
}
