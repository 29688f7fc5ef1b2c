import path from "node:path";
import { type Message, message } from "../../common/words/index.ts";
import { toJson, type YamlValue } from "./kubeconfig-yaml.ts";

type Mapping = Extract<YamlValue, { kind: "mapping" }>;

/** What is wrong with an entry, ready to be shown behind "line N: ". */
export interface Fault {
  line: number;
  why: Message;
}

/** Reads typed fields of one entry, as kubectl's decoder takes them, and remembers the first that is wrong. */
export class Fields {
  readonly line: number;
  readonly #entries: Mapping["entries"];
  readonly #folder: string;
  readonly #faults: Fault[];

  /** `folder` is where relative paths begin. Entries within an entry share its `faults`. */
  constructor(mapping: Pick<Mapping, "line" | "entries">, folder: string, faults: Fault[] = []) {
    this.line = mapping.line;
    this.#entries = mapping.entries;
    this.#folder = folder;
    this.#faults = faults;
  }

  get fault(): Fault | undefined {
    return this.#faults[0];
  }

  /** A name outside quotes that YAML takes for a number or a truth value is refused, as kubectl does. */
  text(key: string): string | undefined {
    const value = this.#value(key);
    if (value === undefined) return undefined;
    if (value.kind === "text") return value.value === "" ? undefined : value.value;
    const written = value.kind === "flag" || value.kind === "number";
    this.wrong(
      message(written ? "kubeconfig.isUnquoted" : "kubeconfig.is", { field: key, what: what[value.kind] }),
      value,
    );
    return undefined;
  }

  flag(key: string): boolean {
    const value = this.#value(key);
    if (value === undefined) return false;
    if (value.kind === "flag") return value.value;
    this.wrong(message("kubeconfig.notFlag", { field: key }), value);
    return false;
  }

  /** Relative paths begin in the kubeconfig's folder. */
  file(key: string): string | undefined {
    const written = this.text(key);
    return written === undefined ? undefined : path.resolve(this.#folder, written);
  }

  /** Base64 of something that must hold PEM; lines may be broken. */
  pem(key: string): string | undefined {
    const data = this.text(key)?.replace(/[\r\n]/g, "");
    if (data === undefined || data === "") return undefined;
    if (data.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(data)) {
      this.wrong(message("kubeconfig.notBase64", { field: key }), this.#value(key));
    } else if (!Buffer.from(data, "base64").includes("-----BEGIN ")) {
      this.wrong(message("kubeconfig.notPem", { field: key }), this.#value(key));
    }
    return data;
  }

  texts(key: string): string[] {
    return this.#list(key).map((item) => {
      if (item.kind === "text") return item.value;
      // A list keeps its empty places.
      if (item.kind !== "null")
        this.wrong(message("kubeconfig.entryIsUnquoted", { field: key, what: what[item.kind] }), item);
      return "";
    });
  }

  child(key: string): Fields | undefined {
    const value = this.#value(key);
    if (value === undefined) return undefined;
    if (value.kind !== "mapping") {
      this.wrong(message("kubeconfig.notMapping", { field: key }), value);
      return undefined;
    }
    return new Fields(value, this.#folder, this.#faults);
  }

  /** One of no fields, where this one stands. */
  empty(): Fields {
    return new Fields({ line: this.line, entries: new Map() }, this.#folder, this.#faults);
  }

  /** The mappings of a list, each with faults of its own. */
  children(key: string): Fields[] {
    return this.#list(key).flatMap((item) => {
      if (item.kind === "mapping") return [new Fields(item, this.#folder)];
      if (item.kind !== "null") this.wrong(message("kubeconfig.entryNotMapping", { field: key }), item);
      return [];
    });
  }

  /** Every field, all of them texts: what a mapping from names to texts says. */
  allTexts(): Record<string, string> {
    return Object.fromEntries([...this.#entries.keys()].map((key) => [key, this.text(key) ?? ""]));
  }

  allLists(): Record<string, readonly string[]> {
    return Object.fromEntries([...this.#entries.keys()].map((key) => [key, this.texts(key)]));
  }

  json(key: string): unknown {
    const value = this.#value(key);
    return value === undefined ? undefined : toJson(value);
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  /** Where the field is written; the entry where it is not. */
  at(key: string): { line: number } {
    return this.#entries.get(key) ?? this;
  }

  wrong(why: Message, at: { line: number } | undefined = this): void {
    this.#faults.push({ line: at.line, why });
  }

  #value(key: string): YamlValue | undefined {
    const value = this.#entries.get(key);
    return value === undefined || value.kind === "null" ? undefined : value;
  }

  #list(key: string): readonly YamlValue[] {
    const value = this.#value(key);
    if (value === undefined) return [];
    if (value.kind === "list") return value.items;
    this.wrong(message("kubeconfig.notList", { field: key }), value);
    return [];
  }
}

const what: Record<YamlValue["kind"], Message> = {
  null: message("kubeconfig.aNull"),
  text: message("kubeconfig.aText"),
  flag: message("kubeconfig.aFlag"),
  number: message("kubeconfig.aNumber"),
  list: message("kubeconfig.aList"),
  mapping: message("kubeconfig.aMapping"),
};
