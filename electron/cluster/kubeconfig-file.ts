import path from "node:path";
import { FlowdeckError } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import type { ClusterEntry, UserEntry } from "./context.ts";
import { readCluster, readContext, readUser, type WrittenContext } from "./kubeconfig-entries.ts";
import { Fields } from "./kubeconfig-fields.ts";
import { readYaml, YamlFault, type YamlValue } from "./kubeconfig-yaml.ts";

/** Something written in the file, with the line it begins on and what is wrong with it. */
export interface Written<T> {
  name: string;
  line: number;
  value: T;
  /** Ready to be shown behind "line N: ". */
  fault?: Why;
}

/** As it stands behind "line N: "; a string is the YAML parser's. */
export type Why = Message | string;

/** One kubeconfig file, read and checked by itself. References between its entries are not followed yet. */
export interface KubeconfigDocument {
  path: string;
  currentContext?: string;
  clusters: Written<ClusterEntry>[];
  users: Written<UserEntry>[];
  contexts: Written<WrittenContext>[];
  /** What kubectl refuses the whole file for, though its entries can be told apart; of two with one name the first counts. */
  fault?: FlowdeckError;
}

const sections = ["clusters", "users", "contexts"] as const;

/**
 * Reads the text of a kubeconfig; throws `kubeconfig-invalid` with the line when it is not YAML or not a kubeconfig.
 * Faults of single entries are kept with them, so that one broken entry does not hide the others.
 * https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 */
export function parseKubeconfig(file: string, content: string): KubeconfigDocument {
  const root = readRoot(file, content);
  const fields = new Fields(root, path.dirname(file));
  requireKubeconfig(file, root, fields);
  const current = fields.text("current-context");
  const clusters = entries(fields, "clusters", "cluster", readCluster);
  const users = entries(fields, "users", "user", readUser);
  const contexts = entries(fields, "contexts", "context", readContext);
  const wrong = fields.fault === undefined ? undefined : invalid(file, fields.fault.line, fields.fault.why);
  const fault =
    wrong ??
    duplicate(file, [
      ["clusters", clusters],
      ["users", users],
      ["contexts", contexts],
    ]);
  return {
    path: file,
    ...(current === undefined ? {} : { currentContext: current }),
    clusters: firstOfEach(clusters),
    users: firstOfEach(users),
    contexts: firstOfEach(contexts),
    ...(fault === undefined ? {} : { fault }),
  };
}

function readRoot(file: string, content: string): Extract<YamlValue, { kind: "mapping" }> {
  let root: YamlValue;
  try {
    root = readYaml(content);
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error;
    throw invalid(file, error.line, message("kubeconfig.notYaml", { why: error.why }));
  }
  if (root.kind === "null") throw invalid(file, undefined, message("kubeconfig.empty"));
  if (root.kind !== "mapping") throw invalid(file, root.line, message("kubeconfig.notKubeconfig"));
  return root;
}

function requireKubeconfig(file: string, root: Extract<YamlValue, { kind: "mapping" }>, fields: Fields): void {
  // kubectl minds the case of every other field.
  const kind = lastNamed(root, "kind");
  const version = lastNamed(root, "apiversion");
  let why: Message | undefined;
  let line = kind?.line ?? root.line;
  if (kind !== undefined && !isText(kind, "Config", "")) {
    why =
      kind.kind === "text" ? message("kubeconfig.otherKind", { kind: kind.value }) : message("kubeconfig.kindNotText");
  } else if (version !== undefined && !isText(version, "v1", "")) {
    line = version.line;
    why =
      version.kind === "text"
        ? message("kubeconfig.otherVersion", { version: version.value })
        : message("kubeconfig.versionNotText");
  } else if (kind === undefined && !sections.some((section) => fields.has(section))) {
    why = message("kubeconfig.noSections");
  }
  if (why !== undefined) throw invalid(file, line, message("kubeconfig.notKubeconfigBecause", { why }));
  for (const section of sections) {
    const value = root.entries.get(section);
    if (value !== undefined && value.kind !== "list" && value.kind !== "null") {
      throw invalid(file, value.line, message("kubeconfig.notList", { field: section }));
    }
  }
}

function isText(value: YamlValue, ...texts: string[]): boolean {
  return value.kind === "null" || (value.kind === "text" && texts.includes(value.value));
}

/** Go's decoder takes any case for these two, and of several the last in the order of the alphabet. */
function lastNamed(root: Extract<YamlValue, { kind: "mapping" }>, lower: string): YamlValue | undefined {
  const named = [...root.entries.keys()].filter((key) => key.toLowerCase() === lower).toSorted();
  return root.entries.get(named.at(-1) ?? "");
}

export function invalid(file: string, line: number | undefined, why: Why): FlowdeckError {
  const reason = typeof why === "string" ? why.replace(/\.$/, "") : why;
  return new FlowdeckError(
    "kubeconfig-invalid",
    line === undefined
      ? message("kubeconfig.invalid", { file, why: reason })
      : message("kubeconfig.invalidAtLine", { file, line: String(line), why: reason }),
  );
}

function entries<T>(
  root: Fields,
  section: (typeof sections)[number],
  key: string,
  read: (fields: Fields, name: string) => T,
): Written<T>[] {
  return root.children(section).flatMap((outer) => {
    const name = outer.text("name");
    if (name === undefined) {
      const { fault: unreadable } = outer;
      if (unreadable !== undefined) root.wrong(unreadable.why, unreadable);
      return [];
    }
    const inner = outer.child(key);
    if (inner === undefined && key !== "user") outer.wrong(message("kubeconfig.entryEmpty", { kind: key, name }));
    const value = read(inner ?? outer.empty(), name);
    const { fault } = outer;
    return [{ name, line: fault?.line ?? outer.line, value, ...(fault === undefined ? {} : { fault: fault.why }) }];
  });
}

function duplicate(file: string, sections: [string, Written<unknown>[]][]): FlowdeckError | undefined {
  for (const [section, entries] of sections) {
    const lines = new Map<string, number>();
    for (const { name, line } of entries) {
      const first = lines.get(name);
      if (first !== undefined) {
        return invalid(file, line, message("kubeconfig.duplicate", { section, name, line: String(first) }));
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
