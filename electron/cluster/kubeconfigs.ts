import { mkdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import { type ContextEntry, type ContextList, FlowdeckError, type KubeconfigFile } from "../contract/index.ts";
import type { ResolvedContext } from "./context.ts";
import { ExecApprovals } from "./exec-approvals.ts";
import { watchFiles } from "./file-watch.ts";
import { invalid, type KubeconfigDocument, parseKubeconfig } from "./kubeconfig-file.ts";
import { authOf, type Resolution, resolveContexts, toContext } from "./kubeconfig-resolve.ts";

export interface KubeconfigOptions {
  /** Where kubeconfigs.json and approvals.json are kept. */
  dataDir: string;
  /** Environment of this process (KUBECONFIG, PATH) for looking up files and programs. */
  environment: NodeJS.ProcessEnv;
  home: string;
  /** From --kubeconfig: read instead of KUBECONFIG and the default file, as kubectl does. */
  explicit?: readonly string[];
  /** The practice cluster's kubeconfig, whether or not there is one now. */
  practice?: string;
}

/** Larger than any kubeconfig: something else was chosen by mistake. */
const largestFile = 16 << 20;

const chosenFiles = z.object({ version: z.literal(1), files: z.array(z.string()) });

interface Looked {
  file: KubeconfigFile;
  document: KubeconfigDocument | undefined;
}

/** The kubeconfig files of this machine and the contexts in them. Reads files and contacts nothing. */
export class Kubeconfigs {
  readonly approvals: ExecApprovals;
  readonly #options: KubeconfigOptions;
  readonly #chosenPath: string;
  readonly #changes = new EventTarget();
  #writing: Promise<unknown> = Promise.resolve();

  constructor(options: KubeconfigOptions) {
    this.#options = options;
    this.#chosenPath = path.join(options.dataDir, "kubeconfigs.json");
    this.approvals = new ExecApprovals(options.dataDir, options.environment);
  }

  async list(): Promise<ContextList> {
    const { looked, resolutions } = await this.#read();
    const current = currentContext(looked);
    const contexts = await Promise.all(resolutions.map((resolution) => this.#entry(resolution, current)));
    return { files: looked.map(({ file }) => file), contexts };
  }

  /** The list now and again after each change on disk or of the chosen files; ends when aborted. */
  async *watch(signal: AbortSignal): AsyncGenerator<ContextList, void, void> {
    let last = "";
    const paths = async (): Promise<string[]> => (await this.#candidates()).map(({ path: file }) => file);
    for await (const _ of watchFiles(paths, this.#changes, signal)) {
      const list = await this.list();
      const now = JSON.stringify(list);
      if (now === last) continue;
      last = now;
      yield list;
    }
  }

  /** Throws `context-unknown`, or what is wrong with the context. */
  async resolve(id: string): Promise<ResolvedContext> {
    const { resolutions } = await this.#read();
    const resolution = resolutions.find((candidate) => candidate.id === id);
    if (resolution === undefined) {
      throw new FlowdeckError("context-unknown", "This context is in none of the kubeconfig files any more.", {
        detail: id,
      });
    }
    return toContext(resolution);
  }

  /** Remembers a file that the user chose; throws what is wrong with it rather than remembering a broken one. */
  async addFile(file: string): Promise<ContextList> {
    const absolute = path.resolve(expandHome(file, this.#options.home));
    parseKubeconfig(absolute, await readKubeconfig(absolute));
    await this.#change((files) => (files.includes(absolute) ? files : [...files, absolute]));
    return await this.list();
  }

  /** Forgets a chosen file; the file itself stays. */
  async removeFile(file: string): Promise<ContextList> {
    const absolute = path.resolve(expandHome(file, this.#options.home));
    await this.#change((files) => files.filter((candidate) => candidate !== absolute));
    return await this.list();
  }

  /** Lets the credential program of a context run; `command` must be what it would run now. */
  async approveExec(id: string, command: readonly string[]): Promise<void> {
    await this.approvals.approve(await this.resolve(id), command);
  }

  async #read(): Promise<{ looked: Looked[]; resolutions: Resolution[] }> {
    const looked = await Promise.all((await this.#candidates()).map((candidate) => look(candidate)));
    const present = looked.filter(({ document, file }) => document !== undefined || file.error !== undefined);
    const listed = present.flatMap(({ file, document }) =>
      file.origin === "environment" && document !== undefined ? [document] : [],
    );
    const resolutions = await Promise.all(
      present.flatMap(({ file, document }) =>
        document === undefined
          ? []
          : [resolveContexts(document, file.origin === "environment" ? listed : [], file.origin === "practice")],
      ),
    );
    return { looked: present, resolutions: resolutions.flat() };
  }

  async #candidates(): Promise<KubeconfigFile[]> {
    const { environment, explicit, home, practice } = this.#options;
    const named = explicit ?? (environment.KUBECONFIG ?? "").split(path.delimiter).filter((entry) => entry !== "");
    const files: KubeconfigFile[] =
      named.length > 0
        ? named.map((entry) => ({ path: path.resolve(expandHome(entry, home)), origin: "environment" }))
        : [{ path: path.join(home, ".kube", "config"), origin: "default" }];
    for (const chosen of await this.#chosen()) files.push({ path: chosen, origin: "chosen" });
    if (practice !== undefined) files.push({ path: path.resolve(practice), origin: "practice" });
    // The practice cluster stays one, also where KUBECONFIG names its file.
    const practicePath = practice === undefined ? undefined : path.resolve(practice);
    const unique = new Map<string, KubeconfigFile>();
    for (const file of files) {
      if (unique.has(file.path) && file.path !== practicePath) continue;
      unique.set(file.path, file);
    }
    return [...unique.values()];
  }

  async #entry(resolution: Resolution, current: { file: string; name: string } | undefined): Promise<ContextEntry> {
    const { id, name, file, written, practice, cluster, user, error } = resolution;
    const { namespace } = written.value;
    const execCommand =
      error === undefined && user?.exec !== undefined ? await this.#execCommand(resolution) : undefined;
    return {
      id,
      name,
      file,
      cluster: written.value.cluster,
      server: cluster?.server ?? "",
      user: written.value.user,
      current: current?.file === file && current.name === name,
      practice,
      auth: authOf(user),
      ...(namespace === undefined ? {} : { namespace }),
      ...(execCommand === undefined ? {} : { execCommand }),
      ...(error === undefined ? {} : { error: error.toJSON() }),
    };
  }

  /** As it would run; as it is written where the program is not found (connecting says so). */
  async #execCommand(resolution: Resolution): Promise<string[]> {
    const context = toContext(resolution);
    try {
      return await this.approvals.resolve(context);
    } catch {
      const exec = context.user.exec;
      return exec === undefined ? [] : [exec.command, ...exec.args];
    }
  }

  async #chosen(): Promise<string[]> {
    try {
      return chosenFiles.parse(JSON.parse(await readFile(this.#chosenPath, "utf8"))).files;
    } catch {
      // Missing or damaged: nothing is chosen; choosing again repairs it.
      return [];
    }
  }

  async #change(edit: (files: string[]) => string[]): Promise<void> {
    const write = this.#writing.then(async () => {
      const files = edit(await this.#chosen());
      await mkdir(path.dirname(this.#chosenPath), { recursive: true });
      await writeFileAtomic(this.#chosenPath, `${JSON.stringify({ version: 1, files }, null, 2)}\n`, { mode: 0o600 });
    });
    this.#writing = write.catch(() => {
      // The caller is told; the next change starts afresh.
    });
    await write;
    this.#changes.dispatchEvent(new Event("change"));
  }
}

async function look(candidate: KubeconfigFile): Promise<Looked> {
  try {
    const document = parseKubeconfig(candidate.path, await readKubeconfig(candidate.path));
    const file = document.fault === undefined ? candidate : { ...candidate, error: document.fault.toJSON() };
    return { file, document };
  } catch (error) {
    if (!(error instanceof FlowdeckError)) throw error;
    // That there is none yet is how a new machine looks, not a fault.
    const expected = candidate.origin === "default" || candidate.origin === "practice";
    if (error.code === "kubeconfig-missing" && expected) return { file: candidate, document: undefined };
    return { file: { ...candidate, error: error.toJSON() }, document: undefined };
  }
}

async function readKubeconfig(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > largestFile) throw invalid(file, undefined, "it is too large to be a kubeconfig");
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof FlowdeckError) throw error;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const detail = error instanceof Error ? error.message : String(error);
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new FlowdeckError("kubeconfig-missing", `${file}: there is no such file.`, { detail });
    }
    const why =
      code === "EACCES" || code === "EPERM"
        ? "you may not read it"
        : code === "EISDIR"
          ? "it is a folder"
          : "it cannot be read";
    throw new FlowdeckError("kubeconfig-unreadable", `${file}: ${why}.`, { detail });
  }
}

/** kubectl's: the first file that names one; of the files chosen in addition only where those name none. */
function currentContext(looked: readonly Looked[]): { file: string; name: string } | undefined {
  const documents = looked.flatMap(({ document }) => document ?? []);
  const name = documents.find(({ currentContext: named }) => named !== undefined)?.currentContext;
  const holder = documents.find(({ contexts }) => contexts.some((context) => context.name === name));
  return name === undefined || holder === undefined ? undefined : { file: holder.path, name };
}

function expandHome(file: string, home: string): string {
  return file === "~" || file.startsWith("~/") || file.startsWith("~\\") ? path.join(home, file.slice(1)) : file;
}
