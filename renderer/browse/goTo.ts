import type { ResourceInfo } from "../../electron/contract/index.ts";
import { findResource, resourceKey } from "./kinds/resourceKey.ts";

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

/**
 * Reads a line as k9s takes it: `po`, `po kube-system`, `po kube-system /rx`, `po -l app=web`, `ctx name`,
 * `ns name`, `q`, `help`. Undefined when it names nothing the cluster serves.
 */
export function parseGoTo(line: string, served: readonly ResourceInfo[]): GoTo | undefined {
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
  const info = findResource(served, aliases[command] ?? command);
  if (!info) return undefined;
  if (info.plural === "namespaces" && info.group === "" && argument !== "" && !/^[/-]/.test(argument))
    return { to: "namespace", name: argument };
  return { to: "kind", resource: resourceKey(info), ...parseRest(text.slice(command.length)) };
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
