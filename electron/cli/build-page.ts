import { execFile } from "node:child_process";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { FlowdeckError } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import { childEnvironment } from "./child-environment.ts";
import { projectRoot } from "./project.ts";

type Say = (said: Message) => void;

interface Target {
  title: Message;
  /** Built folder and the file in it that is looked at. */
  folder: string;
  file: string;
  sources: readonly string[];
  /** Arguments of each vite run that fills the folder. */
  runs: readonly (readonly string[])[];
}

const targets = {
  page: {
    title: message("cliStart.page"),
    folder: "dist/renderer",
    file: "index.html",
    sources: ["renderer", "common", "vite.config.ts", "package-lock.json"],
    runs: [[]],
  },
  electron: {
    title: message("cliStart.programs"),
    folder: "dist/electron",
    file: "main.js",
    sources: ["electron", "vite.electron.config.ts", "package-lock.json"],
    runs: [
      ["--config", "vite.electron.config.ts", "--mode", "main"],
      ["--config", "vite.electron.config.ts", "--mode", "preload"],
    ],
  },
} as const satisfies Record<string, Target>;

/** Builds what is missing or older than its sources. Throws `tool-failed` with the bundler's words. */
export async function ensureBuilt(name: keyof typeof targets, say: Say, signal?: AbortSignal): Promise<string> {
  const target: Target = targets[name];
  const folder = join(projectRoot, target.folder);
  const built = await modified(join(folder, target.file));
  const newest = Math.max(...(await Promise.all(target.sources.map((path) => newestIn(join(projectRoot, path))))));
  if (built >= newest) return folder;
  say(message("cliStart.building", { what: target.title }));
  const began = Date.now();
  // Into a folder of its own, so that a build that breaks off leaves the old one whole.
  const fresh = `${folder}-${process.pid}`;
  try {
    await rm(fresh, { recursive: true, force: true });
    for (const run of target.runs) await vite([...run, "--outDir", fresh], signal);
    await mkdir(join(projectRoot, "dist"), { recursive: true });
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  say(message("cliStart.built", { what: target.title, seconds: ((Date.now() - began) / 1000).toFixed(1) }));
  return folder;
}

async function vite(args: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  const program = join(projectRoot, "node_modules", "vite", "bin", "vite.js");
  try {
    await promisify(execFile)(process.execPath, [program, "build", "--logLevel", "warn", ...args], {
      cwd: projectRoot,
      env: { ...childEnvironment(process.env), NO_COLOR: "1" },
      maxBuffer: 16 << 20,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (cause) {
    if (signal?.aborted) throw new FlowdeckError("cancelled", message("call.cancelled"));
    const words = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : "";
    throw new FlowdeckError("tool-failed", message("command.pageNotBuilt"), {
      detail: words || (cause instanceof Error ? cause.message : String(cause)),
      cause,
    });
  }
}

/** Milliseconds of the last change, 0 where there is nothing. */
async function modified(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return 0; // not built yet
  }
}

async function newestIn(path: string): Promise<number> {
  const own = await stat(path);
  if (!own.isDirectory()) return own.mtimeMs;
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const times = entries.map((entry) => modified(join(entry.parentPath, entry.name)));
  return Math.max(own.mtimeMs, ...(await Promise.all(times)));
}
