import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, mkdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { FlowdeckError, fixOf } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ExecPlugin, ResolvedContext } from "./context.ts";
import { execEnvironment } from "./exec-environment.ts";

const approvalsFile = z.object({
  version: z.literal(1),
  approved: z.array(z.object({ digest: z.string(), command: z.array(z.string()), at: z.string() })),
});

/**
 * Which credential programs may run. A kubeconfig can name any program, and connecting runs it: each is shown as a shell
 * line with its environment, and approved once for one cluster. Another path, other arguments, another environment or
 * another cluster, which would be shown the token, ask again.
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
        message("signIn.programMissing", { context: context.name, program: plugin.command }),
        plugin.installHint === undefined ? {} : { detail: plugin.installHint },
      );
    }
    return [file, ...plugin.args];
  }

  /** The words of the question: variables first, as in a shell line, then the command. Throws as {@link resolve} does. */
  async question(context: ResolvedContext): Promise<string[]> {
    return questionWords(pluginOf(context), await this.resolve(context));
  }

  /** The command, if it was approved as it is now; throws `exec-needs-approval` otherwise. */
  async requireApproved(context: ResolvedContext): Promise<string[]> {
    const command = await this.resolve(context);
    const digest = execDigest(command, context);
    const { approved } = await this.#read();
    if (approved.some((entry) => entry.digest === digest)) return command;
    const question = questionWords(pluginOf(context), command);
    const shown = question.map(quote).join(" ");
    throw new FlowdeckError("exec-needs-approval", message("signIn.needsApproval", { context: context.name }), {
      detail: shown,
      fix: fixOf("approve-exec", message("fix.approveProgram"), {
        context: context.id,
        command: JSON.stringify(question),
        shown,
      }),
    });
  }

  /** `question` must be what would be asked now, word for word; throws `exec-needs-approval` with the right one if not. */
  async approve(context: ResolvedContext, question: readonly string[]): Promise<void> {
    const command = await this.resolve(context);
    const now = questionWords(pluginOf(context), command);
    if (now.length !== question.length || now.some((word, index) => word !== question[index])) {
      await this.requireApproved(context);
      return;
    }
    const digest = execDigest(command, context);
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

/** Of everything that decides what runs, and who is shown what it gives: the server and how its certificate is checked. */
function execDigest(command: readonly string[], { cluster, user }: ResolvedContext): string {
  const { name: _name, ...shownTo } = cluster;
  const parts = [command, user.exec?.env ?? [], Object.entries(shownTo).toSorted()];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** Variables that are left out are not shown. Secrets are hidden: the question is drawn by the page, which holds none. */
function questionWords(plugin: ExecPlugin, command: readonly string[]): string[] {
  const variables = execEnvironment(plugin).map(
    ({ name, value }) => `${name}=${holdsSecret.test(name) ? "•••" : value}`,
  );
  return [...variables, ...command].map(visible);
}

const holdsSecret = /(SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|ACCESS_?KEY)$/i;

/** Characters that hide or turn around what stands beside them are written as their numbers. */
function visible(word: string): string {
  return word.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
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
