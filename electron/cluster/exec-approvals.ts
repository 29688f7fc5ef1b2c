import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, mkdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { FlowdeckError } from "../../common/contract/index.ts";
import type { ExecPlugin, ResolvedContext } from "./context.ts";

const approvalsFile = z.object({
  version: z.literal(1),
  approved: z.array(z.object({ digest: z.string(), command: z.array(z.string()), at: z.string() })),
});

/**
 * Which credential programs may run. A kubeconfig can name any program, and connecting runs it: each command is shown
 * and approved once; another path, other arguments or other environment names ask again.
 */
export class ExecApprovals {
  readonly #file: string;
  readonly #environment: NodeJS.ProcessEnv;
  #writing: Promise<void> = Promise.resolve();

  constructor(dataDir: string, environment: NodeJS.ProcessEnv) {
    this.#file = path.join(dataDir, "approvals.json");
    this.#environment = environment;
  }

  /** The command as it would run: absolute path and arguments. Throws `exec-failed` where the program is not found. */
  async resolve(context: ResolvedContext): Promise<string[]> {
    const plugin = pluginOf(context);
    const file = await findProgram(plugin.command, path.dirname(context.file), this.#environment);
    if (file === undefined) {
      throw new FlowdeckError(
        "exec-failed",
        `Context ${context.name} signs in with the program ${plugin.command}, which is not on this machine's PATH.`,
        plugin.installHint === undefined ? {} : { detail: plugin.installHint },
      );
    }
    return [file, ...plugin.args];
  }

  /** The command, if it was approved as it is now; throws `exec-needs-approval` otherwise. */
  async requireApproved(context: ResolvedContext): Promise<string[]> {
    const command = await this.resolve(context);
    const digest = execDigest(command, pluginOf(context));
    const { approved } = await this.#read();
    if (approved.some((entry) => entry.digest === digest)) return command;
    const shown = command.map(quote).join(" ");
    throw new FlowdeckError(
      "exec-needs-approval",
      `To sign in, context ${context.name} runs a program on this machine that you have not approved yet.`,
      {
        detail: shown,
        fix: {
          id: "approve-exec",
          title: "Approve and run this program",
          params: { context: context.id, command: JSON.stringify(command), shown },
        },
      },
    );
  }

  /** `command` must be what would run now, word for word; throws `exec-needs-approval` with the right one if not. */
  async approve(context: ResolvedContext, command: readonly string[]): Promise<void> {
    const now = await this.resolve(context);
    if (now.length !== command.length || now.some((word, index) => word !== command[index])) {
      await this.requireApproved(context);
      return;
    }
    const digest = execDigest(now, pluginOf(context));
    const write = this.#writing.then(async () => {
      const { approved } = await this.#read();
      if (approved.some((entry) => entry.digest === digest)) return;
      const next = { version: 1, approved: [...approved, { digest, command: now, at: new Date().toISOString() }] };
      await mkdir(path.dirname(this.#file), { recursive: true });
      await writeFileAtomic(this.#file, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 });
    });
    this.#writing = write.catch(() => {
      // The caller is told; the next approval starts afresh.
    });
    await write;
  }

  async #read(): Promise<z.output<typeof approvalsFile>> {
    try {
      return approvalsFile.parse(JSON.parse(await readFile(this.#file, "utf8")));
    } catch {
      // Missing or damaged: nothing is approved, so everything is asked again.
      return { version: 1, approved: [] };
    }
  }
}

/** Values of environment variables may be secret and change (a profile's name does not change what runs): names only. */
export function execDigest(command: readonly string[], plugin: ExecPlugin): string {
  const names = plugin.env.map(({ name }) => name).toSorted();
  return createHash("sha256")
    .update(JSON.stringify([command, names]))
    .digest("hex");
}

/**
 * Finds a program as client-go does: a bare name on PATH, a path with a separator relative to the kubeconfig's folder.
 * Gives an absolute path, or undefined.
 */
async function findProgram(
  command: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const extensions =
    process.platform === "win32" ? ["", ...(environment.PATHEXT ?? ".EXE;.CMD;.BAT").split(";")] : [""];
  const folders = /[\\/]/.test(command)
    ? [folder]
    : (environment.PATH ?? environment.Path ?? "").split(path.delimiter).filter((entry) => path.isAbsolute(entry));
  for (const candidate of folders) {
    for (const extension of extensions) {
      const file = path.resolve(candidate, command + extension);
      if (await isExecutable(file)) return file;
    }
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

function pluginOf(context: ResolvedContext): ExecPlugin {
  if (context.user.exec === undefined) throw new Error(`Context ${context.name} has no credential program.`);
  return context.user.exec;
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
