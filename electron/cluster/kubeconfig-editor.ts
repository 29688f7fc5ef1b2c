import { open, realpath, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { inTurn } from "../../common/async/index.ts";
import { type ContextId, type ContextRemoval, errorCode, FlowdeckError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { editKubeconfig, type KubeconfigEdit, NotEditable } from "./kubeconfig-edit.ts";
import { encodeText } from "./kubeconfig-encoding.ts";
import { type Looked, readKubeconfig } from "./kubeconfig-read.ts";
import { contextIdOf, type Resolution } from "./kubeconfig-resolve.ts";
import type { Kubeconfigs } from "./kubeconfigs.ts";

/** A context, and the files that kubectl would read together with its own (in their order). */
interface Found {
  resolution: Resolution;
  own: Looked;
  chain: readonly Looked[];
}

/** Writes to the user's kubeconfig files what was asked for, each time with a copy of the file beside it before. */
export class KubeconfigEditor {
  readonly #kubeconfigs: Kubeconfigs;

  constructor(kubeconfigs: Kubeconfigs) {
    this.#kubeconfigs = kubeconfigs;
  }

  /** Throws `invalid-input` for a name that is taken, and what stands in the way of writing the file. */
  rename(id: ContextId, name: string): Promise<{ context: ContextId; backups: string[] }> {
    return oneByOne(async () => {
      const found = await this.#editable(id);
      const { resolution, own, chain } = found;
      if (resolution.name === name) return { context: id, backups: [] };
      const holder = chain.find((file) => names(file, "contexts").includes(name));
      if (holder !== undefined) {
        throw new FlowdeckError("invalid-input", message("kubeconfig.nameTaken", { file: holder.file.path, name }));
      }
      const backups = [await edit(own.file.path, { do: "rename", contextName: resolution.name, to: name })];
      backups.push(...(await this.#mendCurrent(found, name)));
      const context = contextIdOf(own.file.path, name);
      await this.#kubeconfigs.moveOptions(id, context);
      return { context, backups };
    });
  }

  async removal(id: ContextId): Promise<ContextRemoval> {
    const found = await this.#editable(id);
    const { contextName: _name, do: _do, ...unused } = removalOf(found);
    const file = await realpath(found.own.file.path);
    return { file, folder: path.dirname(file), current: isCurrent(found), ...unused };
  }

  remove(id: ContextId): Promise<{ backups: string[] }> {
    return oneByOne(async () => {
      const found = await this.#editable(id);
      const mended = isCurrent(found);
      const backups = [await edit(found.own.file.path, removalOf(found))];
      if (mended) backups.push(...(await this.#mendCurrent(found, undefined)));
      await this.#kubeconfigs.moveOptions(id);
      return { backups };
    });
  }

  /** As `kubectl config use-context`: written to the first file of those kubectl reads. */
  setCurrent(id: ContextId): Promise<{ backups: string[] }> {
    return oneByOne(async () => {
      const { resolution, own, chain } = await this.#editable(id);
      if (own.file.origin === "chosen") {
        throw new FlowdeckError("not-allowed", message("kubeconfig.notKubectls", { file: own.file.path }), {
          advice: message("kubeconfig.nameFile"),
        });
      }
      const first = chain.find(({ document }) => document !== undefined) ?? own;
      return { backups: [await edit(first.file.path, { do: "current", contextName: resolution.name })] };
    });
  }

  /** Another file of the list may name it as the current one, too. */
  async #mendCurrent({ resolution, own, chain }: Found, name: string | undefined): Promise<string[]> {
    const holders = chain.filter((file) => names(file, "contexts").includes(resolution.name));
    // It still names another file's context of that name.
    if (holders[0] !== own || (name === undefined && holders.length > 1)) return [];
    const backups: string[] = [];
    for (const file of chain) {
      if (file === own || file.document?.currentContext !== resolution.name) continue;
      backups.push(await edit(file.file.path, { do: "current", contextName: name }));
    }
    return backups;
  }

  async #editable(id: ContextId): Promise<Found> {
    const { resolution, looked } = await this.#kubeconfigs.find(id);
    const own = looked.find(({ file }) => file.path === resolution.file);
    if (own === undefined) throw new FlowdeckError("context-unknown", message("kubeconfig.fileGone"), { detail: id });
    if (resolution.practice) {
      throw new FlowdeckError("not-allowed", message("kubeconfig.practice"), {
        advice: message("kubeconfig.deletePractice"),
      });
    }
    const chain =
      own.file.origin === "environment" ? looked.filter(({ file }) => file.origin === "environment") : [own];
    return { resolution, own, chain };
  }
}

/** One edit after another: each reads what the one before wrote. */
function oneByOne<T>(task: () => Promise<T>): Promise<T> {
  return inTurn("kubeconfigs", undefined, task);
}

function names({ document }: Looked, section: "contexts" | "clusters" | "users"): string[] {
  return (document?.[section] ?? []).map(({ name }) => name);
}

function isCurrent({ resolution, own, chain }: Found): boolean {
  const named = chain.find(({ document }) => document?.currentContext !== undefined)?.document?.currentContext;
  const holder = chain.find((file) => names(file, "contexts").includes(resolution.name));
  return named === resolution.name && holder === own;
}

/** The cluster and the user go with it if they are written in the same file and no other context of the list names them. */
function removalOf({ resolution, own, chain }: Found): Extract<KubeconfigEdit, { do: "remove" }> {
  const { cluster, user } = resolution.written.value;
  const others = chain.flatMap((file) =>
    (file.document?.contexts ?? []).filter((context) => file !== own || context.name !== resolution.name),
  );
  const unused = (section: "clusters" | "users", name: string, key: "cluster" | "user"): boolean =>
    names(own, section).includes(name) && others.every(({ value }) => value[key] !== name);
  return {
    do: "remove",
    contextName: resolution.name,
    ...(unused("clusters", cluster, "cluster") ? { cluster } : {}),
    ...(unused("users", user, "user") ? { user } : {}),
  };
}

/** Gives the path of the copy that was made before. */
async function edit(file: string, change: KubeconfigEdit): Promise<string> {
  const target = await realpath(file);
  const unlock = await lock(target);
  try {
    // Replacing a file needs no right to write it: who took that right away is heeded.
    await (await open(target, "r+")).close();
    const { text, encoding, bytes } = await readKubeconfig(target);
    const after = edited(target, text, change);
    const backup = await backUp(target, bytes);
    // Keeps its mode; 0600 is what kubectl gives a new one.
    await writeFileAtomic(target, encodeText(after, encoding), { mode: (await stat(target)).mode & 0o777 });
    return backup;
  } catch (error) {
    throw notWritten(target, error);
  } finally {
    await unlock();
  }
}

function edited(file: string, before: string, change: KubeconfigEdit): string {
  try {
    return editKubeconfig(before, change);
  } catch (error) {
    if (!(error instanceof NotEditable)) throw error;
    throw new FlowdeckError("kubeconfig-invalid", message("kubeconfig.notEditable", { file, why: error.why }), {
      advice: message("kubeconfig.editByHand"),
    });
  }
}

async function backUp(file: string, content: Buffer): Promise<string> {
  const stamp = new Date()
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-");
  for (let count = 1; ; count++) {
    const backup = `${file}.flowdeck-${stamp}${count === 1 ? "" : `-${count}`}.bak`;
    try {
      await writeFile(backup, content, { mode: 0o600, flag: "wx" });
      return backup;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
}

/** kubectl's own lock (k8s.io/client-go/tools/clientcmd/loader.go): neither writes while the other does. */
async function lock(file: string): Promise<() => Promise<void>> {
  const held = `${file}.lock`;
  try {
    await (await open(held, "wx", 0o600)).close();
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw notWritten(file, error);
    throw new FlowdeckError("busy", message("kubeconfig.locked", { file, lock: held }), {
      advice: message("kubeconfig.deleteLock"),
    });
  }
  return () => rm(held, { force: true });
}

function notWritten(file: string, error: unknown): unknown {
  if (error instanceof FlowdeckError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  const denied = errorCode(error) === "EACCES" || errorCode(error) === "EPERM";
  const id = denied ? "kubeconfig.mayNotWrite" : "kubeconfig.notChanged";
  return new FlowdeckError("kubeconfig-unreadable", message(id, { file }), { detail, cause: error });
}
