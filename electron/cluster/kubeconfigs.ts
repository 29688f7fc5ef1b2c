import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";
import {
  type ContextEntry,
  type ContextId,
  type ContextList,
  type ContextOptions,
  type ContextOptionsChange,
  contextOptions,
  FlowdeckError,
  type KubeconfigFile,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ResolvedContext, UserEntry } from "./context.ts";
import { ExecApprovals } from "./exec-approvals.ts";
import { watchFiles } from "./file-watch.ts";
import { parseKubeconfig } from "./kubeconfig-file.ts";
import { currentContext, expandHome, type Looked, lookAt, readKubeconfig } from "./kubeconfig-read.ts";
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
  /** Keeps what the user chose about contexts; without it they all have the defaults. */
  options?: ContextOptionsKeeper;
}

/** See electron/settings' ContextOptionsStore. */
export interface ContextOptionsKeeper {
  get(id: ContextId): Promise<ContextOptions>;
  change(id: ContextId, change: ContextOptionsChange): Promise<ContextOptions>;
  move(from: ContextId, to: ContextId): Promise<void>;
  forget(id: ContextId): Promise<void>;
}

const chosenFiles = z.object({ version: z.literal(1), files: z.array(z.string()) });

/** The kubeconfig files of this machine and the contexts in them. Reads files and contacts nothing. */
export class Kubeconfigs {
  readonly approvals: ExecApprovals;
  readonly #options: KubeconfigOptions;
  readonly #chosenPath: string;
  readonly #changes = new EventTarget();
  readonly #readOnly = new Set<ContextId>();
  readonly #identityListeners = new Set<(id: ContextId) => void>();
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
  async resolve(id: ContextId): Promise<ResolvedContext> {
    const { resolution } = await this.find(id);
    const context = toContext(resolution);
    const { impersonate } = await this.#optionsOf(id);
    return impersonate === undefined ? context : { ...context, user: { ...context.user, impersonate } };
  }

  /** A context with everything that was looked at, for whoever edits the files. Throws `context-unknown`. */
  async find(id: ContextId): Promise<{ resolution: Resolution; looked: readonly Looked[] }> {
    const { looked, resolutions } = await this.#read();
    const resolution = resolutions.find((candidate) => candidate.id === id);
    if (resolution === undefined) {
      throw new FlowdeckError("context-unknown", message("kubeconfig.contextUnknown"), {
        detail: id,
      });
    }
    return { resolution, looked };
  }

  /** Changes what Flowdeck keeps about a context; its clients follow from their next request on. */
  async setOptions(id: ContextId, change: ContextOptionsChange): Promise<ContextOptions> {
    await this.find(id);
    const keeper = this.#options.options;
    const before = await this.#optionsOf(id);
    const options = keeper === undefined ? before : await keeper.change(id, change);
    this.#noteReadOnly(id, options);
    if (!isDeepStrictEqual(before.impersonate, options.impersonate)) {
      for (const tell of this.#identityListeners) tell(id);
    }
    this.#changed();
    return options;
  }

  /** After an edit of a file: what is kept about a context goes along with it; without `to`, it goes. */
  async moveOptions(from: ContextId, to?: ContextId): Promise<void> {
    const keeper = this.#options.options;
    await (to === undefined ? keeper?.forget(from) : keeper?.move(from, to));
    this.#changed();
  }

  /** Tells the id of each context whose requests are made as somebody else from now on. */
  onIdentityChange(listener: (id: ContextId) => void): void {
    this.#identityListeners.add(listener);
  }

  /** Of a context that was resolved or listed before. */
  isReadOnly(id: ContextId): boolean {
    return this.#readOnly.has(id);
  }

  /** Remembers a file that the user chose; throws what is wrong with it rather than remembering a broken one. */
  async addFile(file: string): Promise<ContextList> {
    const absolute = path.resolve(expandHome(file, this.#options.home));
    parseKubeconfig(absolute, (await readKubeconfig(absolute)).text);
    await this.#change((files) => (files.includes(absolute) ? files : [...files, absolute]));
    return await this.list();
  }

  /** Forgets a chosen file; the file itself stays. */
  async removeFile(file: string): Promise<ContextList> {
    const absolute = path.resolve(expandHome(file, this.#options.home));
    await this.#change((files) => files.filter((candidate) => candidate !== absolute));
    return await this.list();
  }

  /** Lets the credential program of a context run; `command` must be what would be asked about it now. */
  async approveExec(id: ContextId, command: readonly string[]): Promise<void> {
    await this.approvals.approve(await this.resolve(id), command);
  }

  async #read(): Promise<{ looked: Looked[]; resolutions: Resolution[] }> {
    const looked = await Promise.all((await this.#candidates()).map((candidate) => lookAt(candidate)));
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
    const options = await this.#optionsOf(id);
    const actsAs = actingAs(options, user);
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
      options,
      ...(actsAs === undefined ? {} : { actsAs }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(execCommand === undefined ? {} : { execCommand }),
      ...(error === undefined ? {} : { error: error.toJSON() }),
    };
  }

  async #optionsOf(id: ContextId): Promise<ContextOptions> {
    const options = (await this.#options.options?.get(id)) ?? contextOptions.parse({});
    this.#noteReadOnly(id, options);
    return options;
  }

  #noteReadOnly(id: ContextId, { readOnly }: ContextOptions): void {
    if (readOnly) this.#readOnly.add(id);
    else this.#readOnly.delete(id);
  }

  #changed(): void {
    this.#changes.dispatchEvent(new Event("change"));
  }

  /** As it is asked about; as it is written where the program is not found (connecting says so). */
  async #execCommand(resolution: Resolution): Promise<string[]> {
    const context = toContext(resolution);
    try {
      return await this.approvals.question(context);
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
    this.#changed();
  }
}

function actingAs(options: ContextOptions, user: UserEntry | undefined): ContextEntry["actsAs"] {
  if (options.impersonate !== undefined) return { ...options.impersonate, from: "options" };
  if (user?.impersonate === undefined) return undefined;
  return { user: user.impersonate.user, groups: [...user.impersonate.groups], from: "kubeconfig" };
}
