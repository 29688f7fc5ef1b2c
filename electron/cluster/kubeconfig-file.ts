import path from "node:path";
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from "yaml";
import { FlowdeckError } from "../../common/contract/index.ts";
import type { ClusterEntry, ExecPlugin, UserEntry } from "./context.ts";

/** Something written in the file, with the line it begins on and what is wrong with it. */
export interface Written<T> {
  name: string;
  line: number;
  value: T;
  /** Ready to be shown behind "line N: ". */
  fault?: string;
}

export interface WrittenContext {
  cluster: string;
  user: string;
  namespace?: string;
}

/** One kubeconfig file, read and checked by itself. References between its entries are not followed yet. */
export interface KubeconfigDocument {
  path: string;
  currentContext?: string;
  clusters: Written<ClusterEntry>[];
  users: Written<UserEntry>[];
  contexts: Written<WrittenContext>[];
  /** Two entries of one name: the first counts, as nothing says which is meant. */
  fault?: FlowdeckError;
}

/**
 * Reads the text of a kubeconfig; throws `kubeconfig-invalid` with the line when it is not YAML or not a kubeconfig.
 * Faults of single entries are kept with them, so that one broken entry does not hide the others.
 * https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 */
export function parseKubeconfig(file: string, content: string): KubeconfigDocument {
  const counter = new LineCounter();
  const document = parseDocument(content, { lineCounter: counter, prettyErrors: false });
  const broken = document.errors[0];
  if (broken !== undefined) {
    throw invalid(file, counter.linePos(broken.pos[0]).line, `it is not YAML: ${broken.message}`);
  }
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) throw invalid(file, undefined, "it is empty");
  if (!isMap(root)) throw invalid(file, lineOf(root, counter), "it is YAML, but not a kubeconfig");
  const reader = new Reader(root, counter, path.dirname(file));
  const kind: unknown = root.get("kind");
  const sections = ["clusters", "users", "contexts"].filter((key) => root.has(key));
  if ((kind !== undefined && kind !== "Config") || sections.length === 0) {
    const what = typeof kind === "string" ? `its kind is ${kind}` : "it has no clusters, users or contexts";
    throw invalid(file, lineOf(root.get("kind", true) ?? root, counter), `it is YAML, but not a kubeconfig: ${what}`);
  }
  for (const key of sections) {
    const section = root.get(key, true);
    if (section !== undefined && !isSeq(section) && !(isScalar(section) && section.value === null)) {
      throw invalid(file, lineOf(section, counter), `${key} is not a list`);
    }
  }
  const current: unknown = root.get("current-context");
  const clusters = reader.entries("clusters", "cluster", readCluster);
  const users = reader.entries("users", "user", readUser);
  const contexts = reader.entries("contexts", "context", readContext);
  const twice = duplicate(file, [
    ["clusters", clusters],
    ["users", users],
    ["contexts", contexts],
  ]);
  return {
    path: file,
    ...(typeof current === "string" && current !== "" ? { currentContext: current } : {}),
    clusters: firstOfEach(clusters),
    users: firstOfEach(users),
    contexts: firstOfEach(contexts),
    ...(twice === undefined ? {} : { fault: twice }),
  };
}

export function invalid(file: string, line: number | undefined, why: string): FlowdeckError {
  const where = line === undefined ? file : `${file}, line ${line}`;
  return new FlowdeckError("kubeconfig-invalid", `${where}: ${why.replace(/\.$/, "")}.`);
}

/** Reads typed fields of one entry and remembers the first that is wrong. */
class Fields {
  readonly map: YAMLMap;
  readonly #counter: LineCounter;
  readonly #folder: string;
  fault: { line: number; words: string } | undefined;

  constructor(map: YAMLMap, counter: LineCounter, folder: string) {
    this.map = map;
    this.#counter = counter;
    this.#folder = folder;
  }

  text(key: string): string | undefined {
    const node = this.map.get(key, true);
    if (!isScalar(node)) {
      if (node !== undefined) this.wrong(node, `${key} is not a text`);
      return undefined;
    }
    if (node.value === null || node.value === "") return undefined;
    // YAML reads some names as numbers or booleans; they are meant as written.
    return typeof node.value === "string" ? node.value : (node.source ?? String(node.value));
  }

  flag(key: string): boolean {
    return this.map.get(key) === true;
  }

  /** Relative paths begin in the kubeconfig's folder. */
  file(key: string): string | undefined {
    const written = this.text(key);
    return written === undefined ? undefined : path.resolve(this.#folder, written);
  }

  /** Base64 of something that must hold PEM. */
  pem(key: string): string | undefined {
    const data = this.text(key);
    if (data !== undefined && !Buffer.from(data, "base64").includes("-----BEGIN ")) {
      this.wrong(this.map.get(key, true), `${key} is not base64 of a PEM file`);
    }
    return data;
  }

  texts(key: string): string[] {
    const node = this.map.get(key, true);
    if (node === undefined || (isScalar(node) && node.value === null)) return [];
    if (!isSeq(node)) {
      this.wrong(node, `${key} is not a list`);
      return [];
    }
    return node.items.flatMap((item) =>
      isScalar(item) && item.value !== null ? [item.source ?? String(item.value)] : [],
    );
  }

  child(key: string): Fields | undefined {
    const node = this.map.get(key, true);
    if (!isMap(node)) {
      if (node !== undefined && !(isScalar(node) && node.value === null)) this.wrong(node, `${key} is not a mapping`);
      return undefined;
    }
    return new Fields(node, this.#counter, this.#folder);
  }

  wrong(node: unknown, words: string): void {
    this.fault ??= { line: lineOf(node, this.#counter) ?? lineOf(this.map, this.#counter) ?? 1, words };
  }
}

class Reader {
  readonly #root: YAMLMap;
  readonly #counter: LineCounter;
  readonly #folder: string;

  constructor(root: YAMLMap, counter: LineCounter, folder: string) {
    this.#root = root;
    this.#counter = counter;
    this.#folder = folder;
  }

  entries<T>(section: string, key: string, read: (fields: Fields, name: string) => T): Written<T>[] {
    const list = this.#root.get(section, true);
    if (!isSeq(list)) return [];
    return list.items.flatMap((item) => {
      if (!isMap(item)) return [];
      const outer = new Fields(item, this.#counter, this.#folder);
      const name = outer.text("name");
      if (name === undefined) return [];
      const inner = outer.child(key);
      const fields = inner ?? new Fields(emptyLike(item), this.#counter, this.#folder);
      if (inner === undefined && key !== "user") outer.wrong(item, `${key} "${name}" says nothing`);
      const value = read(fields, name);
      const fault = outer.fault ?? fields.fault;
      const line = fault?.line ?? lineOf(item, this.#counter) ?? 1;
      return [{ name, line, value, ...(fault === undefined ? {} : { fault: fault.words }) }];
    });
  }
}

function readCluster(fields: Fields, name: string): ClusterEntry {
  const server = fields.text("server")?.replace(/\/+$/, "");
  if (server === undefined) fields.wrong(undefined, `cluster "${name}" has no server`);
  else if (!URL.canParse(server) || !/^https?:$/.test(new URL(server).protocol)) {
    fields.wrong(fields.map.get("server", true), `server is not an http or https address: ${server}`);
  }
  const caFile = fields.file("certificate-authority");
  const caData = fields.pem("certificate-authority-data");
  const serverName = fields.text("tls-server-name");
  const proxyUrl = fields.text("proxy-url");
  return {
    name,
    server: server ?? "",
    insecure: fields.flag("insecure-skip-tls-verify"),
    ...defined({ caFile, caData, serverName, proxyUrl }),
  };
}

function readUser(fields: Fields, name: string): UserEntry {
  const exec = readExec(fields);
  const provider = fields.child("auth-provider");
  const config = provider?.child("config");
  const user = fields.text("as");
  return {
    name,
    ...defined({
      certFile: fields.file("client-certificate"),
      certData: fields.pem("client-certificate-data"),
      keyFile: fields.file("client-key"),
      keyData: fields.pem("client-key-data"),
      token: fields.text("token"),
      tokenFile: fields.file("tokenFile"),
      username: fields.text("username"),
      password: fields.text("password"),
      exec,
      authProvider:
        provider === undefined
          ? undefined
          : { name: provider.text("name") ?? "", config: config === undefined ? {} : allTexts(config) },
      impersonate:
        user === undefined
          ? undefined
          : { user, groups: fields.texts("as-groups"), ...defined({ uid: fields.text("as-uid") }) },
    }),
  };
}

function readExec(fields: Fields): ExecPlugin | undefined {
  const exec = fields.child("exec");
  if (exec === undefined) return undefined;
  const command = exec.text("command");
  const apiVersion = exec.text("apiVersion") ?? "";
  if (command === undefined) fields.wrong(exec.map, "exec names no command");
  if (!/^client\.authentication\.k8s\.io\/v1(beta1)?$/.test(apiVersion)) {
    fields.wrong(exec.map, `exec has the apiVersion "${apiVersion}", which Kubernetes no longer supports`);
  }
  if (exec.text("interactiveMode") === "Always") {
    fields.wrong(exec.map, "exec wants to ask in a terminal (interactiveMode: Always)");
  }
  const list = exec.map.get("env", true);
  const env = !isSeq(list)
    ? []
    : list.items
        .filter(isMap)
        .map((item) => ({ name: String(item.get("name")), value: String(item.get("value") ?? "") }));
  return {
    apiVersion,
    command: command ?? "",
    args: exec.texts("args"),
    env,
    provideClusterInfo: exec.flag("provideClusterInfo"),
    ...defined({ installHint: exec.text("installHint") }),
  };
}

function readContext(fields: Fields, name: string): WrittenContext {
  const cluster = fields.text("cluster");
  if (cluster === undefined) fields.wrong(undefined, `context "${name}" names no cluster`);
  const user = fields.text("user");
  return { cluster: cluster ?? "", user: user ?? "", ...defined({ namespace: fields.text("namespace") }) };
}

function allTexts(fields: Fields): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const { key } of fields.map.items) {
    const name = isScalar(key) ? String(key.value) : undefined;
    const value = name === undefined ? undefined : fields.text(name);
    if (name !== undefined && value !== undefined) texts[name] = value;
  }
  return texts;
}

function duplicate(file: string, sections: [string, Written<unknown>[]][]): FlowdeckError | undefined {
  for (const [section, entries] of sections) {
    const lines = new Map<string, number>();
    for (const { name, line } of entries) {
      const first = lines.get(name);
      if (first !== undefined) {
        return invalid(
          file,
          line,
          `${section} has "${name}" a second time (first in line ${first}), which is not used`,
        );
      }
      lines.set(name, line);
    }
  }
  return undefined;
}

function firstOfEach<T>(entries: Written<T>[]): Written<T>[] {
  const seen = new Set<string>();
  return entries.filter(({ name }) => !seen.has(name) && seen.add(name) !== undefined);
}

function lineOf(node: unknown, counter: LineCounter): number | undefined {
  const range = (node as Partial<Node> | null | undefined)?.range;
  return range === null || range === undefined ? undefined : counter.linePos(range[0]).line;
}

/** A mapping with nothing in it, standing where `item` stands. */
function emptyLike(item: YAMLMap): YAMLMap {
  const empty = item.clone() as YAMLMap;
  empty.items = [];
  return empty;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends Record<string, unknown>>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
