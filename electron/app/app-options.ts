import { constants } from "node:fs";
import { access, mkdir, stat } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { type Command, Option } from "commander";
import envPaths from "env-paths";
import { FlowdeckError } from "../../common/contract/index.ts";

/** What every way of starting Flowdeck takes: the window, the browser, the command line. */
export interface AppOptions {
  /** Where this app keeps what it remembers; it exists and can be written to. */
  dataDir: string;
  /** A folder with sources.json that is asked before the network. */
  mirror?: string;
  /** Read instead of KUBECONFIG and the default file. */
  kubeconfigs?: readonly string[];
  env: NodeJS.ProcessEnv;
}

export interface RawAppOptions {
  dataDir?: string;
  mirror?: string;
  kubeconfig?: string;
}

export function addAppOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--mirror <folder>", "folder with sources.json that is asked before the network").env(
        "FLOWDECK_MIRROR",
      ),
    )
    .addOption(
      new Option("--data-dir <folder>", "where Flowdeck keeps its data and the practice cluster").env(
        "FLOWDECK_DATA_DIR",
      ),
    )
    .addOption(new Option("--kubeconfig <file>", "kubeconfig to use instead of KUBECONFIG and ~/.kube/config"));
}

/** Makes the data folder and checks the rest. Throws `invalid-input` or `mirror-missing` with what to do. */
export async function readAppOptions(raw: RawAppOptions, env: NodeJS.ProcessEnv): Promise<AppOptions> {
  const dataDir = await prepareDataDir(resolve(raw.dataDir || envPaths("flowdeck", { suffix: "" }).data));
  const mirror = raw.mirror ? await checkMirror(resolve(raw.mirror)) : undefined;
  const kubeconfigs = raw.kubeconfig ? await checkKubeconfigs(raw.kubeconfig) : undefined;
  return {
    dataDir,
    ...(mirror === undefined ? {} : { mirror }),
    ...(kubeconfigs === undefined ? {} : { kubeconfigs }),
    env,
  };
}

async function prepareDataDir(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.W_OK);
    return path;
  } catch (cause) {
    const detail = `The reason: ${reason(cause)}. Choose another with --data-dir or FLOWDECK_DATA_DIR.`;
    throw new FlowdeckError("folder-unusable", `The data folder ${path} cannot be used.`, { detail, cause });
  }
}

async function checkMirror(path: string): Promise<string> {
  try {
    await access(join(path, "sources.json"), constants.R_OK);
    return path;
  } catch (cause) {
    const detail = `sources.json in it: ${reason(cause)}. Leave --mirror and FLOWDECK_MIRROR out to use the network.`;
    throw new FlowdeckError("mirror-missing", `The mirror ${path} cannot be used.`, { detail, cause });
  }
}

/** One path, or several as in KUBECONFIG. */
async function checkKubeconfigs(value: string): Promise<string[]> {
  const paths = value.split(delimiter).map((path) => resolve(path));
  for (const path of paths) {
    try {
      if (!(await stat(path)).isFile()) throw new Error("it is not a file");
    } catch (cause) {
      const detail = `The reason: ${reason(cause)}. Give the path of a kubeconfig file to --kubeconfig.`;
      throw new FlowdeckError("kubeconfig-missing", `The kubeconfig ${path} cannot be read.`, { detail, cause });
    }
  }
  return paths;
}

function reason(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const words: Record<string, string> = {
    ENOENT: "it does not exist",
    EACCES: "you may not use it",
    EROFS: "it is on a read-only disk",
    ENOSPC: "the disk is full",
    ENOTDIR: "a part of its path is a file",
    EEXIST: "there is a file of that name",
  };
  return words[code] ?? (cause instanceof Error ? cause.message : String(cause));
}
