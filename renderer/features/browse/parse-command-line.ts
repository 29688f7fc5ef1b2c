import type { Alias, ResourceInfo } from "../../../common/contract/index.ts";
import { own } from "../../../common/json/index.ts";
import { findResource, resourceKey } from "../../state/resource-key.ts";

/** What a line typed after `:` asks for. */
export type GoTo =
  | {
      to: "kind";
      resource: string;
      namespaces: string[] | undefined;
      filter: string | undefined;
      labels: string | undefined;
    }
  | { to: "context"; name: string }
  | { to: "namespace"; name: string }
  | { to: "quit" }
  | { to: "help" };

/** Words that stand for others; kubectl's own short names come from the cluster. */
const aliases: Readonly<Record<string, string>> = {
  dp: "deployments.apps",
  dep: "deployments.apps",
  sec: "secrets",
  cfg: "configmaps",
  jo: "jobs.batch",
  cr: "clusterroles.rbac.authorization.k8s.io",
  crb: "clusterrolebindings.rbac.authorization.k8s.io",
  ro: "roles.rbac.authorization.k8s.io",
  rb: "rolebindings.rbac.authorization.k8s.io",
  np: "networkpolicies.networking.k8s.io",
};

export const everywhereWords = ["all", "*", "-A"];

/** Words that do something else than list a kind: no alias can be called so. */
export const lineCommands = ["q", "q!", "quit", "?", "h", "help", "ctx", "context", "contexts"] as const;

/** The kind that a word names by itself, without aliases of the user's own. */
export function namedKind(word: string, served: readonly ResourceInfo[]): ResourceInfo | undefined {
  return findResource(served, own(aliases, word) ?? word);
}

/**
 * Reads a line as k9s takes it: `po`, `po kube-system`, `po kube-system /rx`, `po -l app=web`, `ctx name`,
 * `ns name`, `q`, `help`. Undefined when it names nothing the cluster serves.
 * @param own the user's aliases, which come before the names of kinds; what follows in the line comes before theirs
 */
export function parseGoTo(line: string, served: readonly ResourceInfo[], own: readonly Alias[] = []): GoTo | undefined {
  const text = line.replace(/^\s*:?\s*/, "").trimEnd();
  const [command = "", ...rest] = text.split(/\s+/);
  const argument = rest.join(" ");
  switch (command) {
    case "":
      return undefined;
    case "q":
    case "q!":
    case "quit":
      return { to: "quit" };
    case "?":
    case "h":
    case "help":
      return { to: "help" };
    case "ctx":
    case "context":
    case "contexts":
      return { to: "context", name: argument };
  }
  const alias = own.find(({ name }) => name === command);
  const info = namedKind(alias?.resource ?? command, served);
  if (!info) return undefined;
  if (alias) {
    const rest = parseRest(text.slice(command.length));
    return {
      to: "kind",
      resource: resourceKey(info),
      namespaces: rest.namespaces ?? namespacesOf(alias),
      filter: rest.filter ?? (alias.filter || undefined),
      labels: rest.labels,
    };
  }
  if (info.plural === "namespaces" && info.group === "" && argument !== "" && !/^[/-]/.test(argument))
    return { to: "namespace", name: argument };
  return { to: "kind", resource: resourceKey(info), ...parseRest(text.slice(command.length)) };
}

function namespacesOf({ namespaces }: Alias): string[] | undefined {
  if (namespaces.length === 0) return undefined;
  return namespaces.some((name) => everywhereWords.includes(name)) ? [] : namespaces;
}

/** What follows a kind: a namespace (or several, with commas), a filter after `/`, a selector after `-l`. */
function parseRest(rest: string): {
  namespaces: string[] | undefined;
  filter: string | undefined;
  labels: string | undefined;
} {
  const slash = /(?:^|\s)\/(.*)$/.exec(rest);
  const before = slash ? rest.slice(0, slash.index) : rest;
  const filter = slash?.[1]?.trim() || undefined;
  const selector = /(?:^|\s)-l\s*(\S+)/.exec(before);
  const words = (selector ? before.replace(selector[0], " ") : before).trim().split(/\s+/).filter(Boolean);
  const namespace = words.find((word) => word !== "-n");
  return {
    namespaces:
      namespace === undefined
        ? undefined
        : everywhereWords.includes(namespace)
          ? []
          : namespace.split(",").filter(Boolean),
    filter,
    labels: selector?.[1],
  };
}
