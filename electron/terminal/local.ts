import { mkdir, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { homedir, userInfo } from "node:os";
import { basename, join } from "node:path";
import { type ContextId, FlowdeckError, type TerminalSession, type TerminalSize } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import { type Command, isAlive, type Tools } from "../tools/index.ts";
import { terminalEnvironment } from "./environment.ts";
import type { OnOutput, TerminalProcess } from "./process.ts";
import { startPty } from "./pty.ts";
import { shellStart } from "./rc-files.ts";

/** An installation as its terminal knows it, in kfctl's words. */
export interface TerminalInstallation {
  name: string;
  baseDir: string;
  kfDir: string;
  configUri: string | undefined;
}

export interface LocalOptions {
  connections: ClusterConnections;
  tools: Tools;
  /** Holds a private folder for each session. */
  folder: string;
  context: ContextId | undefined;
  installation: TerminalInstallation | undefined;
  size: TerminalSize;
  onOutput: OnOutput;
  version: string;
}

export interface LocalTerminal {
  process: TerminalProcess;
  title: string;
  notices: TerminalSession["notices"];
}

const programs = ["kubectl", "kustomize"] as const;

/**
 * The user's own shell, in the installation's folder (or at home), with a kubeconfig of one context, with kubectl and
 * kustomize first in PATH and completion for them. The files it needs are in a folder of its own, removed when it ends.
 */
export async function startLocal(options: LocalOptions): Promise<LocalTerminal> {
  const { connections, tools, context, installation, size, onOutput, version } = options;
  const cwd = installation?.kfDir ?? homedir();
  await requireFolder(cwd);
  const folder = join(options.folder, `${process.pid}-${crypto.randomUUID()}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const pinned = context === undefined ? undefined : join(folder, "kubeconfig");
    const cluster =
      context === undefined || pinned === undefined ? undefined : await connections.writeKubeconfig(context, pinned);
    const variables = {
      ...(pinned === undefined ? {} : { KUBECONFIG: pinned }),
      ...(installation === undefined ? {} : installationVariables(installation)),
    };
    const bin = join(folder, "bin");
    const { linked, completed } = await linkPrograms(tools, bin);
    const shell = userShell(tools.environment());
    const start = shellStart(shell, {
      folder,
      variables,
      programs: linked ? bin : undefined,
      completed,
      zshHome: tools.environment().ZDOTDIR ?? homedir(),
      login: process.platform === "darwin",
    });
    await writeFiles(folder, start.files);
    const running = await startPty({
      file: shell,
      args: start.args,
      cwd,
      env: terminalEnvironment(tools.environment(), {
        own: { ...variables, ...start.variables },
        programs: linked ? [bin] : [],
        platform: process.platform,
        version,
      }),
      size,
      onOutput,
    });
    const ended = running.ended.finally(remove);
    return {
      process: { ...bound(running), ended },
      title: installation?.name ?? cluster?.name ?? basename(shell),
      notices: [
        ...(completed.includes("kubectl") ? [] : (["no-kubectl"] as const)),
        ...(cluster?.readOnly ? (["read-only-context"] as const) : []),
      ],
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Removes what sessions of a process that is no more left behind: it had no time to. */
export async function removeStaleFolders(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []); // there was never a terminal
  for (const name of names) {
    const pid = Number(/^(\d+)-/.exec(name)?.[1]);
    if (Number.isInteger(pid) && !isAlive(pid)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

export function installationVariables({
  name,
  baseDir,
  kfDir,
  configUri,
}: TerminalInstallation): Record<string, string> {
  return {
    KF_NAME: name,
    BASE_DIR: baseDir,
    KF_DIR: kfDir,
    ...(configUri === undefined ? {} : { CONFIG_URI: configUri }),
  };
}

/** Programs under their own names: the toolbox acts by the name it is called under. */
async function linkPrograms(
  tools: Tools,
  bin: string,
): Promise<{ linked: boolean; completed: (typeof programs)[number][] }> {
  await mkdir(bin, { mode: 0o700 });
  const completed: (typeof programs)[number][] = [];
  let linked = false;
  for (const name of programs) {
    const command = await tools.find(name);
    if (command === undefined) continue;
    completed.push(name);
    // One without arguments of its own is found on PATH.
    if (command.args.length === 0) continue;
    await linkProgram(bin, name, command);
    linked = true;
  }
  return { linked, completed };
}

async function linkProgram(bin: string, name: string, { file, args }: Command): Promise<void> {
  if (process.platform === "win32") {
    await writeFile(join(bin, `${name}.cmd`), `@"${file}" ${args.join(" ")} %*\r\n`);
  } else if (args.length === 1 && args[0] === name) {
    await symlink(file, join(bin, name));
  } else {
    const words = [file, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
    await writeFile(join(bin, name), `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`, { mode: 0o700 });
  }
}

async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    await mkdir(join(file, ".."), { recursive: true, mode: 0o700 });
    await writeFile(file, content, { mode: 0o600 });
  }
}

async function requireFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined); // absent, or not ours to see: it can't be stood in
  if (found?.isDirectory()) return;
  throw new FlowdeckError("folder-unusable", message("terminal.folderMissing", { folder: path }), {
    advice: message("terminal.needsFolder"),
  });
}

/** The login shell; on Windows PowerShell. */
function userShell(env: NodeJS.ProcessEnv): string {
  if (process.platform === "win32") return "powershell.exe";
  return loginShell() || env.SHELL || "/bin/sh";
}

function loginShell(): string | null {
  try {
    return userInfo().shell;
  } catch {
    return null; // a user that the password database does not know, as in some containers
  }
}

function bound(process: TerminalProcess): Omit<TerminalProcess, "ended"> {
  return {
    write: (data) => process.write(data),
    resize: (size) => process.resize(size),
    pause: () => process.pause(),
    resume: () => process.resume(),
    end: () => process.end(),
  };
}
