import { constants } from "node:fs";
import { access, mkdir, stat } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { Option } from "commander";
import envPaths from "env-paths";
import { FlowdeckError } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "./localized-command.ts";

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

export function addAppOptions(command: LocalizedCommand): LocalizedCommand {
  const mirror = new Option("--mirror <folder>", command.text(message("cliHelp.mirror")));
  const dataDir = new Option("--data-dir <folder>", command.text(message("cliHelp.dataDir")));
  return command
    .addOption(mirror.env("FLOWDECK_MIRROR"))
    .addOption(dataDir.env("FLOWDECK_DATA_DIR"))
    .addOption(new Option("--kubeconfig <file>", command.text(message("cliHelp.kubeconfig"))));
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
    const advice = message("appStart.chooseDataFolder", { why: reason(cause) });
    throw new FlowdeckError("folder-unusable", message("appStart.dataFolderUnusable", { path }), { advice, cause });
  }
}

async function checkMirror(path: string): Promise<string> {
  try {
    await access(join(path, "sources.json"), constants.R_OK);
    return path;
  } catch (cause) {
    const advice = message("appStart.leaveMirrorOut", { why: reason(cause) });
    throw new FlowdeckError("mirror-missing", message("appStart.mirrorUnusable", { path }), { advice, cause });
  }
}

/** One path, or several as in KUBECONFIG. */
async function checkKubeconfigs(value: string): Promise<string[]> {
  const paths = value.split(delimiter).map((path) => resolve(path));
  for (const path of paths) {
    try {
      if (!(await stat(path)).isFile()) throw Object.assign(new Error("Not a file"), { code: notFile });
    } catch (cause) {
      const advice = message("appStart.giveKubeconfig", { why: reason(cause) });
      throw new FlowdeckError("kubeconfig-missing", message("appStart.kubeconfigUnreadable", { path }), {
        advice,
        cause,
      });
    }
  }
  return paths;
}

const notFile = "ENOTFILE";

function reason(cause: unknown): Message | string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const known: Record<string, Message> = {
    [notFile]: message("appStart.notFile"),
    ENOENT: message("appStart.missing"),
    EACCES: message("appStart.mayNotUse"),
    EROFS: message("appStart.readOnlyDisk"),
    ENOSPC: message("appStart.diskFull"),
    ENOTDIR: message("appStart.partIsFile"),
    EEXIST: message("appStart.fileOfName"),
  };
  return known[code] ?? (cause instanceof Error ? cause.message : String(cause));
}
