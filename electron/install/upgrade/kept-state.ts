import { errorCode, type InstallSettings } from "../../../common/contract/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { KfDir } from "../../kf-dir/index.ts";
import { flowdeckFileName, parseFlowdeckFile } from "../installation-dir/flowdeck-file.ts";
import { writeDocument } from "../installation-dir/rendered-documents.ts";
import { refOf } from "../objects.ts";

const folderName = "kept";
const folderPattern = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/;

/** What was installed before an upgrade. */
export interface FormerState {
  /** ISO 8601; when it was saved. */
  saved: string;
  settings: InstallSettings;
}

/**
 * KF_DIR/kept: a folder for each upgrade, with the settings and the rendered objects as they were before it, and each
 * object that it deleted. Values of Secrets are among those, so the files are readable by their owner only, and git leaves
 * the folder out.
 */
export class KeptStates {
  readonly #files: KfDir;

  /** Where one is in KF_DIR. */
  static folderOf(name: string): string {
    return `${folderName}/${name}`;
  }

  constructor(kfDir: string) {
    this.#files = new KfDir(kfDir);
  }

  /** Saves what the folder has now, once: an upgrade that goes on finds it saved. */
  async save(name: string): Promise<void> {
    const place = KeptStates.folderOf(name);
    const settings = await this.#files.readText(flowdeckFileName);
    if (settings === undefined || (await this.#files.kind(`${place}/${flowdeckFileName}`)) !== undefined) return;
    await this.#create(`${folderName}/.gitignore`, "*\n");
    for (const { name: file } of await this.#files.list("rendered")) {
      const text = file.endsWith(".yaml") ? await this.#files.readText(`rendered/${file}`) : undefined;
      if (text !== undefined) await this.#create(`${place}/rendered/${file}`, text);
    }
    await this.#create(`${place}/${flowdeckFileName}`, settings);
  }

  /** Saves an object before it is deleted; the first copy stays. Gives the name of the file. */
  async saveObject(name: string, object: KubeObject): Promise<string> {
    const { kind, namespace, name: called } = refOf(object);
    const group = object.apiVersion.includes("/") ? [object.apiVersion.split("/")[0]] : [];
    const file = [kind, ...group, namespace, called]
      .filter(Boolean)
      .join("_")
      .replaceAll(/[^\w.-]/g, "-");
    const path = `${KeptStates.folderOf(name)}/objects/${file}.yaml`;
    await this.#create(path, writeDocument(asItCanBeApplied(object)));
    return path;
  }

  /** Newest first. What can't be read is left out. */
  async all(): Promise<FormerState[]> {
    const names = (await this.#files.list(folderName))
      .map(({ name }) => name)
      .filter((name) => folderPattern.test(name));
    const states = await Promise.all(
      names
        .sort()
        .reverse()
        .map(async (name) => {
          try {
            const text = await this.#files.readText(`${folderName}/${name}/${flowdeckFileName}`);
            if (text === undefined) return [];
            const { settings } = parseFlowdeckFile(text, `${this.#files.path}/${flowdeckFileName}`);
            return [{ saved: name.replace(/T(\d\d)-(\d\d)-(\d\d)Z/, "T$1:$2:$3Z"), settings }];
          } catch {
            return [];
          }
        }),
    );
    return states.flat();
  }

  async #create(name: string, text: string): Promise<void> {
    await this.#files.create(name, text).catch((error: unknown) => {
      if (errorCode(error) !== "EEXIST") throw error;
    });
  }
}

/** Without what the server fills in for one object and refuses for another. */
function asItCanBeApplied({ status: _status, ...object }: KubeObject): KubeObject {
  const {
    managedFields: _managed,
    resourceVersion: _version,
    uid: _uid,
    generation: _generation,
    creationTimestamp: _created,
    deletionTimestamp: _deleted,
    ...metadata
  } = object.metadata;
  return {
    ...object,
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: { ...metadata, name: object.metadata.name },
  };
}
