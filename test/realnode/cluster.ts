import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const scripts = resolve(root, "../shared/realnode");
/** Where what was built for it stays; the cluster itself is removed. */
const folder = process.env.REALNODE ?? join(homedir(), ".cache", "flowdeck", "realnode");
/** Not the scripts' own, which a cluster that somebody started by hand has. */
const apiPort = "28443";
/** The bridge that holds the nodes' addresses, of whichever cluster. */
const bridge = "/sys/class/net/rn0";
/** Debian's older list of package sources: build.sh reads it, and images of Debian 12 have only the newer ones. */
const sourcesList = "/etc/apt/sources.list";

/** Why a cluster of real kubelets cannot run here, and whether a machine that has to run every suite may lack it. */
export function realNodesProblem(): { why: string; excused: boolean } | undefined {
  if (process.platform !== "linux") return { why: "real kubelets need Linux", excused: true };
  if (process.getuid?.() !== 0) return { why: "real kubelets need root", excused: true };
  if (!existsSync(join(scripts, "up.sh"))) return { why: "../shared/realnode is not there", excused: true };
  if (!existsSync("/usr/bin/apt-get")) return { why: "containerd is installed from Debian packages", excused: false };
  if (existsSync(bridge) && !existsSync(join(folder, "run", "pids"))) {
    return { why: "another cluster of real kubelets is up on this machine", excused: false };
  }
  return undefined;
}

/**
 * Starts the cluster, building its programs first where they are not there; gives its kubeconfig. Throws when a script
 * fails, and leaves what was begun to {@link stopRealNodes}, which is called in any case.
 */
export async function startRealNodes(toolbox: string, signal: AbortSignal): Promise<string> {
  await stopRealNodes(toolbox); // what a run that was killed left
  await mkdir(folder, { recursive: true });
  const missing = !existsSync(sourcesList);
  if (missing) await writeFile(sourcesList, "");
  try {
    await script(["up.sh"], toolbox, signal);
  } finally {
    if (missing) await rm(sourcesList, { force: true });
  }
  return join(folder, "kubeconfig");
}

/** Stops what runs and forgets the cluster. Harmless where none is. */
export async function stopRealNodes(toolbox: string): Promise<void> {
  if (!existsSync(join(folder, "run"))) return;
  await script(["down.sh", "--data"], toolbox);
}

function script(args: readonly string[], toolbox: string, signal?: AbortSignal): Promise<void> {
  const [name = "", ...rest] = args;
  return new Promise((done, fail) => {
    const child = spawn("bash", [join(scripts, name), ...rest], {
      cwd: root,
      // In a group of its own: Ctrl-C is for the test command, which then takes the cluster down.
      detached: true,
      env: {
        ...process.env,
        FLOWDECK: root,
        FLOWDECK_TOOLBOX: toolbox,
        REALNODE: folder,
        API_PORT: apiPort,
        NODES: "2",
      },
      stdio: ["ignore", "ignore", "inherit"],
      ...(signal === undefined ? {} : { signal }),
    });
    child.once("error", fail);
    child.once("close", (code) => (code === 0 ? done() : fail(new Error(`${name} ended with code ${code}`))));
  });
}
