import { access, constants, mkdir, readdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { errorCode, FlowdeckError, type FolderInfo, type InstallSettings } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { KfDir } from "../../kf-dir/index.ts";
import { freeBytes, withDiskReason } from "../disk.ts";
import { keptChangesName } from "../drift/kept-changes.ts";
import type { InstallSecrets, RenderedComponent } from "../types.ts";
import {
  type FolderSettings,
  flowdeckFileName,
  formatFlowdeckFile,
  maxFlowdeckFileBytes,
  newInstallationId,
  parseFlowdeckFile,
} from "./flowdeck-file.ts";
import { lockName, takeLock } from "./folder-lock.ts";
import { logName } from "./install-log.ts";
import { journalName } from "./journal.ts";
import { redact } from "./redact.ts";
import { changeDocuments, type DocumentChange, writeDocument } from "./rendered-documents.ts";
import { RenderedFiles } from "./rendered-files.ts";

/** KF_DIR: BASE_DIR/KF_NAME. */
export function kfDirOf(settings: Pick<InstallSettings, "baseDir" | "name">): string {
  return join(resolve(settings.baseDir), settings.name);
}

/** Beside an installation in git these may lie; a folder with nothing else counts as empty. */
const harmless = /^(\.git|\.gitignore|\.gitattributes|\.DS_Store|Thumbs\.db|desktop\.ini|README(\.md)?|LICENSE)$/;

/** What is at `path`, for a chooser. Never throws for what is or is not there. */
export async function inspectFolder(path: string): Promise<FolderInfo> {
  const place = resolve(path);
  const parent = dirname(place);
  const state = await stat(place).catch(() => undefined);
  const found = state?.isDirectory() ? await readdir(place, { withFileTypes: true }).catch(() => []) : [];
  const free = await freeBytes(place);
  return {
    path: place,
    exists: state !== undefined,
    empty: found.every(({ name }) => harmless.test(name)),
    writable:
      state === undefined ? await canWrite(await nearest(place)) : state.isDirectory() && (await canWrite(place)),
    ...(free === undefined ? {} : { freeBytes: free }),
    installation: isOurs(found.map(({ name }) => name)),
    folders: found
      .filter((item) => item.isDirectory() && !item.name.startsWith("."))
      .map(({ name }) => name)
      .sort((a, b) => a.localeCompare(b)),
    ...(parent === place ? {} : { parent }),
  };
}

function isOurs(names: readonly string[]): boolean {
  return names.includes(flowdeckFileName) || names.includes(".flowdeck");
}

async function nearest(path: string): Promise<string> {
  for (let folder = path; ; folder = dirname(folder)) {
    if ((await stat(folder).catch(() => undefined)) !== undefined || dirname(folder) === folder) return folder;
  }
}

async function canWrite(path: string): Promise<boolean> {
  return access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

function unusable(said: Message, advice: Message, cause?: unknown): FlowdeckError {
  return new FlowdeckError("folder-unusable", said, { advice, ...(cause === undefined ? {} : { cause }) });
}

function unreadable(path: string, error: unknown): Message {
  return message("folder.unreadable", { path, why: errorCode(error) ?? String(error) });
}

const ignoreName = ".flowdeck/.gitignore";

/** One installation's folder. Everything is written atomically, and through {@link KfDir} only. */
export class InstallationFolder {
  readonly path: string;
  readonly #files: KfDir;
  readonly #rendered: RenderedFiles;

  constructor(kfDir: string) {
    this.#files = new KfDir(kfDir);
    this.#rendered = new RenderedFiles(this.#files);
    this.path = this.#files.path;
  }

  /**
   * Makes the folder, or takes one that is empty or ours, or one that kfctl made: with `configFile` in it. Throws
   * `folder-unusable` saying what is in the way: BASE_DIR that is not there or cannot be written to, a file in its place,
   * a folder with something else in it.
   */
  async create(configFile?: string): Promise<void> {
    const base = dirname(this.path);
    const baseState = await stat(base).catch(() => undefined);
    if (baseState === undefined)
      throw unusable(message("folder.missing", { path: base }), message("folder.makeOrChoose", { path: base }));
    if (!baseState.isDirectory())
      throw unusable(message("folder.isFile", { path: base }), message("folder.chooseFolder"));
    const state = await stat(this.path).catch(() => undefined);
    if (state === undefined) return this.#make(base);
    if (!state.isDirectory())
      throw unusable(message("folder.isFile", { path: this.path }), message("folder.otherNameOrMove"));
    const found = await readdir(this.path).catch((error: unknown) => {
      throw unusable(unreadable(this.path, error), message("folder.checkOwner"), error);
    });
    const kfctls = configFile !== undefined && found.includes(configFile);
    if (!isOurs(found) && !kfctls && !found.every((name) => harmless.test(name)))
      throw unusable(
        message("folder.otherThings", {
          path: this.path,
          names: `${found.slice(0, 3).join(", ")}${found.length > 3 ? ", …" : ""}`,
        }),
        message("folder.needsOwn"),
      );
    if (!(await canWrite(this.path)))
      throw unusable(message("folder.notWritable", { path: this.path }), message("folder.otherPlaceOrRights"));
    await this.#prepareInside();
  }

  async #make(base: string): Promise<void> {
    try {
      await mkdir(this.path);
    } catch (error) {
      const code = errorCode(error);
      if (code === "EACCES" || code === "EPERM" || code === "EROFS")
        throw unusable(message("folder.notWritable", { path: base }), message("folder.otherPlaceOrRights"), error);
      if (code !== "EEXIST") throw await this.#told(error);
    }
    await this.#prepareInside();
  }

  async #prepareInside(): Promise<void> {
    await this.refuseLinks();
    await this.#writing(() => this.#files.write(ignoreName, "lock*\n"));
  }

  /**
   * Throws `folder-unusable` where something that is going to be read, written or removed here is not a plain file or
   * folder: before anything begins rather than at the end of an installation.
   */
  async refuseLinks(): Promise<void> {
    for (const name of [flowdeckFileName, ignoreName, journalName, logName, lockName, keptChangesName])
      await this.#files.kind(name);
    await this.#rendered.refuseLinks();
  }

  /** Throws `folder-in-use`. The lock ends with the function this gives, or with the process. */
  async lock(): Promise<() => Promise<void>> {
    try {
      return await takeLock(this.#files);
    } catch (error) {
      throw await this.#told(error);
    }
  }

  /** Undefined when there is no flowdeck.yaml. Throws `settings-invalid` naming the line, or `folder-unusable`. */
  async readSettings(): Promise<FolderSettings | undefined> {
    const file = join(this.path, flowdeckFileName);
    let text: string | undefined;
    try {
      text = await this.#files.readText(flowdeckFileName, { maxBytes: maxFlowdeckFileBytes });
    } catch (error) {
      if (error instanceof FlowdeckError) throw error;
      throw unusable(unreadable(file, error), message("folder.checkOwner"), error);
    }
    return text === undefined ? undefined : parseFlowdeckFile(text, file);
  }

  /** Writes flowdeck.yaml; the id stays what it was, or is made now. Gives the id. */
  async writeSettings(settings: InstallSettings): Promise<string> {
    const id = (await this.readSettings())?.id ?? newInstallationId();
    const text = formatFlowdeckFile({ id, settings });
    await this.#writing(() => this.#files.write(flowdeckFileName, text));
    return id;
  }

  /**
   * Writes rendered/<component>.yaml for people and git, with digests where secret values are, and removes what was
   * written for components that are no longer chosen. Lets other work go on in between: it is some 12 MB of text.
   */
  async writeRendered(
    components: readonly RenderedComponent[],
    secrets: InstallSecrets,
    options: { signal?: AbortSignal; given?: readonly string[] } = {},
  ): Promise<void> {
    await this.#writing(() => this.#rendered.begin(components.map(({ id }) => `${id}.yaml`)));
    await this.rewriteRendered(components, secrets, options);
    await this.#writing(() => this.#rendered.removeOthers(components.map(({ id }) => `${id}.yaml`)));
  }

  /** Writes the files of these components anew; those of others stay. */
  async rewriteRendered(
    components: readonly RenderedComponent[],
    secrets: InstallSecrets,
    { signal, given }: { signal?: AbortSignal; given?: readonly string[] } = {},
  ): Promise<void> {
    for (const { id, objects } of components) {
      const documents: string[] = [];
      for (const object of redact(objects, secrets, given)) {
        signal?.throwIfAborted();
        documents.push(writeDocument(object));
        await breathe();
      }
      const text = `# Component ${id}, as it is applied.\n---\n${documents.join("---\n")}`;
      await this.#writing(() => this.#rendered.write(`${id}.yaml`, text));
    }
  }

  /** Writes some objects of a component anew, which have no secret value in them any more. */
  async changeRendered(component: string, changes: readonly DocumentChange[]): Promise<void> {
    const name = `${component}.yaml`;
    const content = await this.#files.readText(`rendered/${name}`);
    await this.#writing(() => this.#rendered.write(name, changeDocuments(content ?? "", changes)));
  }

  /** After an uninstallation: what was rendered goes, flowdeck.yaml and the journal stay. */
  async removeRendered(): Promise<void> {
    await this.#writing(() => this.#rendered.removeOthers([]));
  }

  async #writing(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      throw await this.#told(error);
    }
  }

  async #told(error: unknown): Promise<unknown> {
    const told = await withDiskReason(error, this.path);
    if (told instanceof FlowdeckError) return told;
    return unusable(
      message("folder.notWritableBecause", { path: this.path, why: errorCode(error) ?? String(error) }),
      message("folder.checkFolder"),
      error,
    );
  }
}
