import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, isScalar, isSeq, parseDocument, Scalar, stringify, YAMLMap, YAMLSeq } from "yaml";
import { FlowdeckError, type RecordedConnector } from "../../../common/contract/index.ts";
import { fields } from "../../../common/json/index.ts";
import { message } from "../../../common/words/index.ts";
import { dialect } from "../../../common/yaml/index.ts";

/** Someone in Dex's own list. The hash is in an environment variable, or in the list itself. */
export interface DexPerson {
  email: string;
  username: string;
  userId: string;
  passwordKey?: string | undefined;
  hash?: string | undefined;
}

const list = "staticPasswords";
/** Beside config.yaml in Dex's ConfigMap, where Dex does not look: people who can't sign in for now. */
export const disabledFile = "disabled.yaml";

const options = { ...dialect, uniqueKeys: false } as const;
const written = { lineWidth: 0 } as const;

/** Dex's config.yaml. What is not changed stays as it is: comments, order, and fields that others added. */
export class DexConfig {
  readonly #document: Document;

  /** @throws FlowdeckError `settings-invalid` where it is not YAML, or not a mapping. */
  constructor(text: string) {
    const document = parseDocument(text, options);
    const [problem] = document.errors;
    const isUsable = problem === undefined && (isMap(document.contents) || document.contents === null);
    if (!isUsable) {
      const why = problem?.message.split("\n")[0] ?? message("people.notMapping");
      throw new FlowdeckError("settings-invalid", message("people.configUnreadable", { why }), {
        advice: message("people.configUnreadableWay"),
      });
    }
    this.#document = document;
  }

  get people(): DexPerson[] {
    return this.#items().map(({ person }) => person);
  }

  get connectors(): RecordedConnector[] {
    const found = this.#document.get("connectors");
    if (!isSeq(found)) return [];
    return found.items
      .filter((item) => isMap(item))
      .map((item) => ({
        ...{ type: textOf(item, "type"), id: textOf(item, "id"), name: textOf(item, "name") },
        config: fields(jsonOf(item.get("config", true))),
      }));
  }

  /** Makes the connectors what is given. One that is there with the same id keeps its place and its comments. */
  setConnectors(connectors: readonly RecordedConnector[]): void {
    const found = this.#document.get("connectors");
    if (connectors.length === 0) {
      if (isSeq(found)) this.#document.delete("connectors");
      return;
    }
    const before = isSeq(found) ? found.items.filter((item) => isMap(item)) : [];
    const sequence = isSeq(found) ? found : new YAMLSeq(this.#document.schema);
    sequence.items = connectors.map((connector) => {
      const known = before.find((item) => textOf(item, "id") === connector.id);
      const node = known ?? new YAMLMap(this.#document.schema);
      for (const key of ["type", "id", "name"] as const)
        if (textOf(node, key) !== connector[key]) node.set(key, quoted(connector[key]));
      const config = this.#document.createNode(connector.config);
      if (!isDeepStrictEqual(jsonOf(node.get("config", true)), connector.config)) node.set("config", config);
      return node;
    });
    if (!isSeq(found)) this.#document.set("connectors", sequence);
  }

  /** Adds a connector, or replaces the one with its id; the others stay. */
  putConnector(connector: RecordedConnector): void {
    const rest = this.connectors;
    const isKnown = rest.some(({ id }) => id === connector.id);
    this.setConnectors(isKnown ? rest.map((one) => (one.id === connector.id ? connector : one)) : [...rest, connector]);
  }

  removeConnector(id: string): void {
    this.setConnectors(this.connectors.filter((one) => one.id !== id));
  }

  /** Makes the list what is given, in this order. Of people who are in it already, other fields stay. */
  setPeople(people: readonly DexPerson[]): void {
    const known = this.#items();
    const nodes = people.map((person) => {
      const before = known.find((one) => isSame(one.person, person));
      return before === undefined ? newNode(this.#document, person) : update(before.node, before.person, person);
    });
    const sequence = this.#sequence();
    sequence.items = nodes;
    sequence.flow = nodes.length === 0;
  }

  toString(): string {
    return this.#document.toString(written);
  }

  #items(): { node: YAMLMap; person: DexPerson }[] {
    const found = this.#document.get(list);
    if (!isSeq(found)) return [];
    return found.items.filter(isMap).map((node) => ({ node, person: personIn(node) }));
  }

  #sequence(): YAMLSeq {
    const found = this.#document.get(list);
    if (isSeq(found)) return found;
    const made = new YAMLSeq(this.#document.schema);
    this.#document.set(list, made);
    return made;
  }
}

/** People who can't sign in, as {@link disabledPeople} writes them; what can't be read is no one. */
export function readDisabled(text: string | undefined): DexPerson[] {
  const document = parseDocument(text ?? "", options);
  if (document.errors.length > 0 || !isSeq(document.contents)) return [];
  const items: readonly unknown[] = document.contents.items;
  return items.filter((item) => isMap(item)).map(personIn);
}

/** Undefined for no one. */
export function disabledPeople(people: readonly DexPerson[]): string | undefined {
  if (people.length === 0) return undefined;
  const rows = people.map(({ email, username, userId, passwordKey, hash }) => ({
    email,
    username,
    userID: userId,
    ...(hash === undefined ? { hashFromEnv: passwordKey } : { hash }),
  }));
  return stringify(rows, { ...options, ...written, defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" });
}

/** Dex compares addresses in lower case. */
export function sameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** What a node says, as JSON; no aliases are followed. */
function jsonOf(node: unknown): unknown {
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map(jsonOf);
  if (!isMap(node)) return undefined;
  return Object.fromEntries(
    node.items.map(({ key, value }) => [String(isScalar(key) ? key.value : key), jsonOf(value)]),
  );
}

function isSame(one: DexPerson, other: DexPerson): boolean {
  if (one.passwordKey !== undefined && one.passwordKey === other.passwordKey) return true;
  return sameAddress(one.email, other.email);
}

function personIn(node: YAMLMap): DexPerson {
  const hash = textOf(node, "hash");
  const passwordKey = textOf(node, "hashFromEnv");
  return {
    email: textOf(node, "email"),
    username: textOf(node, "username"),
    userId: textOf(node, "userID"),
    ...(hash === "" ? {} : { hash }),
    ...(hash === "" && passwordKey !== "" ? { passwordKey } : {}),
  };
}

function textOf(node: YAMLMap, field: string): string {
  const value = node.get(field, true);
  if (!isScalar(value) || value.value === null || value.value === undefined) return "";
  // A number keeps the digits it was written with.
  return typeof value.value === "string" ? value.value : (value.source ?? String(value.value));
}

function fieldsOf({ email, username, userId, passwordKey, hash }: DexPerson): Record<string, string | undefined> {
  return {
    email,
    username,
    userID: userId,
    ...(hash === undefined ? { hashFromEnv: passwordKey, hash: undefined } : { hash, hashFromEnv: undefined }),
  };
}

function newNode(document: Document, person: DexPerson): YAMLMap {
  const node = new YAMLMap(document.schema);
  for (const [field, value] of Object.entries(fieldsOf(person))) {
    if (value !== undefined) node.set(field, quoted(value));
  }
  return node;
}

function update(node: YAMLMap, before: DexPerson, after: DexPerson): YAMLMap {
  const now = fieldsOf(before);
  for (const [field, value] of Object.entries(fieldsOf(after))) {
    if (value === undefined) node.delete(field);
    else if (now[field] !== value) node.set(field, quoted(value));
  }
  return node;
}

/** Text that is nothing else in any YAML: an ordinary address, the name of a variable. */
const plain = /^[A-Za-z][A-Za-z0-9._+-]*@[A-Za-z0-9.-]+$|^DEX_[A-Z0-9_]+$/;

/** Nothing but text, whatever a name looks like: `yes`, `0123` and `1e3` are no text where they are not quoted. */
function quoted(value: string): Scalar<string> {
  const scalar = new Scalar(value);
  scalar.type = plain.test(value) ? "PLAIN" : "QUOTE_DOUBLE";
  return scalar;
}
