import type { DrainOptions, ObjectChange, ObjectTarget } from "../../../common/contract/index.ts";
import { quoted } from "../../ui/shell.ts";

type Named = Pick<ObjectTarget, "group" | "plural" | "kind" | "name" | "namespace">;

/** Words of one kubectl command as a line for a shell. */
export function shellLine(words: readonly (string | undefined)[]): string {
  return words
    .filter((word) => word !== undefined)
    .map(quoted)
    .join(" ");
}

/** `kubectl --context=…`, for objects in one namespace. */
function start(contextName: string, namespace: string | undefined): string[] {
  return ["kubectl", `--context=${contextName}`, ...(namespace === undefined ? [] : [`--namespace=${namespace}`])];
}

/** As kubectl names it: `deployment/web`; with its group where other kinds may have the name. */
export function kubectlName({ group, plural, kind, name }: Named): string {
  const plain = group === "" || !group.includes(".") || group.endsWith(".k8s.io");
  return `${plain ? kind.toLowerCase() : `${plural}.${group}`}/${name}`;
}

/** One command for each namespace. */
export function forTargets(
  contextName: string,
  targets: readonly Named[],
  words: (names: string[], targets: readonly Named[]) => (string | undefined)[],
): string[] {
  const byNamespace = Map.groupBy(targets, ({ namespace }) => namespace);
  return [...byNamespace].map(([namespace, group]) =>
    shellLine([...start(contextName, namespace), ...words(group.map(kubectlName), group)]),
  );
}

/** The lines that do the same as a change. */
export function changeLines(contextName: string, targets: readonly Named[], change: ObjectChange): string[] {
  const all = (...words: string[]) => forTargets(contextName, targets, (names) => [...words, ...names]);
  const after = (verb: string[], ...words: string[]) =>
    forTargets(contextName, targets, (names) => [...verb, ...names, ...words]);
  switch (change.do) {
    case "restart":
      return all("rollout", "restart");
    case "scale":
      return after(["scale"], `--replicas=${change.replicas}`);
    case "pause":
      return all("rollout", change.paused ? "pause" : "resume");
    case "undo":
      return after(["rollout", "undo"], ...(change.revision === undefined ? [] : [`--to-revision=${change.revision}`]));
    case "image":
      return after(["set", "image"], ...change.images.map(({ container, image }) => `${container}=${image}`));
    case "labels":
    case "annotations":
      return after([change.do === "labels" ? "label" : "annotate"], "--overwrite", ...pairs(change));
    case "trigger":
      return targets.flatMap((target) =>
        forTargets(contextName, [target], ([name]) => ["create", "job", `${target.name}-manual`, `--from=${name}`]),
      );
    case "suspend":
      return after(["patch"], "--type=merge", "-p", JSON.stringify({ spec: { suspend: change.suspended } }));
    case "cordon":
      return [
        shellLine([...start(contextName, undefined), change.unschedulable ? "cordon" : "uncordon", ...names(targets)]),
      ];
    case "taints":
      return [
        shellLine([
          ...start(contextName, undefined),
          "taint",
          "nodes",
          ...names(targets),
          "--overwrite",
          ...taintWords(change),
        ]),
      ];
    case "delete":
      return after(["delete"], ...deleteWords(change));
    case "finalizer":
      return after(["edit"]);
  }
}

function names(targets: readonly Named[]): string[] {
  return targets.map(({ name }) => name);
}

function pairs({ set, remove }: { set: Record<string, string>; remove: readonly string[] }): string[] {
  return [...Object.entries(set).map(([key, value]) => `${key}=${value}`), ...remove.map((key) => `${key}-`)];
}

function taintWords({ set, remove }: Extract<ObjectChange, { do: "taints" }>): string[] {
  return [
    ...set.map(({ key, value, effect }) => `${key}${value ? `=${value}` : ""}:${effect}`),
    ...remove.map(({ key, effect }) => `${key}${effect ? `:${effect}` : ""}-`),
  ];
}

function deleteWords({ propagation, gracePeriodSeconds }: Extract<ObjectChange, { do: "delete" }>): string[] {
  return [
    ...(propagation === "background" ? [] : [`--cascade=${propagation}`]),
    ...(gracePeriodSeconds === undefined ? [] : [`--grace-period=${gracePeriodSeconds}`]),
    // kubectl asks for it with a period of nothing.
    ...(gracePeriodSeconds === 0 ? ["--force"] : []),
    "--wait=false",
  ];
}

export function drainLine(contextName: string, nodes: readonly string[], options: DrainOptions): string {
  return shellLine([
    ...start(contextName, undefined),
    "drain",
    ...nodes,
    options.ignoreDaemonSets ? "--ignore-daemonsets" : undefined,
    options.deleteEmptyDirData ? "--delete-emptydir-data" : undefined,
    options.force ? "--force" : undefined,
    options.gracePeriodSeconds === undefined ? undefined : `--grace-period=${options.gracePeriodSeconds}`,
    options.timeoutSeconds === undefined ? undefined : `--timeout=${options.timeoutSeconds}s`,
    options.podSelector === "" ? undefined : `--pod-selector=${options.podSelector}`,
    options.disableEviction ? "--disable-eviction" : undefined,
    options.skipWaitForDeleteTimeoutSeconds === 0
      ? undefined
      : `--skip-wait-for-delete-timeout=${options.skipWaitForDeleteTimeoutSeconds}`,
  ]);
}

/** Prints one value of a Secret. */
export function secretLine(contextName: string, target: Named, key: string): string {
  const path = `{.data.${key.replaceAll(/[.\\]/g, "\\$&")}}`;
  return `${forTargets(contextName, [target], (name) => ["get", ...name, "-o", `jsonpath=${path}`]).join("")} | base64 --decode`;
}

export function copyLine(
  contextName: string,
  pod: Named,
  container: string,
  direction: "from" | "to",
  path: string,
): string {
  const inside = `${pod.name}:${path || "/"}`;
  const base = path.replace(/\/+$/, "").split("/").at(-1) || "files";
  return forTargets(contextName, [pod], () => [
    "cp",
    "-c",
    container,
    ...(direction === "from" ? [inside, `./${base}`] : ["./FILE", inside]),
  ]).join("");
}

/** What a person would type for the other actions, for one object. */
export function simpleLine(
  contextName: string,
  target: Named,
  action:
    | "logs"
    | "logs-previous"
    | "shell"
    | "attach"
    | "forward"
    | "edit"
    | "get"
    | "describe"
    | "history"
    | "status",
): string {
  const words: Record<typeof action, (name: string) => string[]> = {
    logs: (name) => ["logs", "--follow", "--all-containers", name],
    "logs-previous": (name) => ["logs", "--previous", "--all-containers", name],
    shell: (name) => ["exec", "-it", name, "--", "sh"],
    attach: (name) => ["attach", "-it", name],
    forward: (name) => ["port-forward", name, "8080"],
    edit: (name) => ["edit", name],
    get: (name) => ["get", name, "-o", "yaml"],
    describe: (name) => ["describe", name],
    history: (name) => ["rollout", "history", name],
    status: (name) => ["rollout", "status", name],
  };
  return forTargets(contextName, [target], ([name = ""]) => words[action](name)).join("");
}

export function nodeDebugLine(
  contextName: string,
  { node, namespace, image, profile }: { node: string; namespace: string; image: string; profile: string },
): string {
  return shellLine([
    ...start(contextName, namespace),
    "debug",
    `node/${node}`,
    "-it",
    `--image=${image}`,
    `--profile=${profile}`,
  ]);
}

export function podDebugLine(
  contextName: string,
  pod: Named,
  { image, beside, profile }: { image: string; beside: string | undefined; profile: string },
): string {
  return forTargets(contextName, [pod], ([name]) => [
    "debug",
    name,
    "-it",
    `--image=${image}`,
    ...(beside === undefined ? [] : [`--target=${beside}`]),
    `--profile=${profile}`,
  ]).join("");
}
