import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The release's real sources, where they are beside the project. */
export const kubeflowMirror = join(root, "..", "shared", "kubeflow");

/** A person's computer for one test: a home without a kubeconfig, a data folder, a folder for installations. */
export interface Place {
  readonly folder: string;
  readonly home: string;
  readonly dataDir: string;
  readonly baseDir: string;
  remove(): Promise<void>;
}

export async function makePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "flowdeck-e2e-"));
  const place = { folder, home: join(folder, "home"), dataDir: join(folder, "data"), baseDir: join(folder, "base") };
  await Promise.all([mkdir(place.home), mkdir(place.baseDir)]);
  return { ...place, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The environment of programs started there: nothing of this machine's own clusters, and no display. */
export function environmentOf(place: Place): NodeJS.ProcessEnv {
  const { KUBECONFIG: _k, FLOWDECK_MIRROR: _m, DISPLAY: _d, WAYLAND_DISPLAY: _w, ...env } = process.env;
  // The toolbox is the same for every home: it is not built again for this one.
  return { XDG_CACHE_HOME: join(homedir(), ".cache"), ...env, HOME: place.home };
}

/** The app as `npm start -- --web --no-open` runs it. */
export interface RunningApp {
  /** Lets one browser in, once. */
  readonly link: string;
  /** Its process, to look at what it takes. */
  readonly pid: number;
  /** Everything it has printed so far. */
  readonly output: () => string;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
  /** Ends it as a crash does: no code of it runs any more. */
  kill(): Promise<void>;
}

export async function startApp(
  place: Place,
  options: { mirror?: string; kubeconfig?: string; env?: Record<string, string> } = {},
): Promise<RunningApp> {
  const args = ["electron/cli/start.ts", "--web", "--no-open", "--keep", "--data-dir", place.dataDir];
  if (options.mirror !== undefined) args.push("--mirror", options.mirror);
  if (options.kubeconfig !== undefined) args.push("--kubeconfig", options.kubeconfig);
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...environmentOf(place), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const link = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/start\?token=\S+/.exec(output)?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The app ended with code ${code} before it listened:\n${output}`)));
  });
  return {
    link,
    pid: child.pid ?? 0,
    output: () => output,
    stop: () => end(child, "SIGTERM"),
    kill: () => end(child, "SIGKILL"),
  };
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill(signal);
  });
}
