import type { AccessQuestion, ObjectTarget } from "../../../common/contract/index.ts";

export type ActionId =
  | "logs"
  | "logs-previous"
  | "shell"
  | "attach"
  | "forward"
  | "edit"
  | "restart"
  | "scale"
  | "rollout"
  | "pause"
  | "unpause"
  | "image"
  | "trigger"
  | "suspend"
  | "resume"
  | "cordon"
  | "uncordon"
  | "drain"
  | "taints"
  | "node-shell"
  | "debug"
  | "copy-files"
  | "go-node"
  | "decode"
  | "labels"
  | "annotations"
  | "finalizers"
  | "commands"
  | "kill"
  | "delete";

type Kind = Pick<ObjectTarget, "group" | "plural" | "kind">;
type Ask = Omit<AccessQuestion, "namespace">;

/** An action as it is for a kind; what is true of one object comes later. */
export interface ActionSpec {
  id: ActionId;
  keys?: string;
  primary?: boolean;
  danger?: boolean;
  /** It may be done to several at once. */
  many?: boolean;
  /** It changes the cluster: not in a read-only context. */
  writes?: boolean;
  needs?: readonly Ask[];
}

const builtIn: Readonly<Record<string, string>> = {
  pods: "",
  replicationcontrollers: "",
  services: "",
  nodes: "",
  secrets: "",
  deployments: "apps",
  statefulsets: "apps",
  daemonsets: "apps",
  replicasets: "apps",
  jobs: "batch",
  cronjobs: "batch",
};

function isKind({ group, plural }: Kind, ...plurals: string[]): boolean {
  return plurals.includes(plural) && builtIn[plural] === group;
}

const inPod = (subresource: string, verb = "create"): Ask => ({ verb, group: "", resource: "pods", subresource });

/**
 * What can be done to objects of a kind, in the order it is shown.
 * @param subresources what the kind serves beside its objects; only `scale` matters, and only for custom resources
 */
export function specsFor(kind: Kind, subresources: readonly string[] = []): ActionSpec[] {
  const { group, plural } = kind;
  const ask = (verb: string, subresource?: string): Ask => ({
    verb,
    group,
    resource: plural,
    ...(subresource === undefined ? {} : { subresource }),
  });
  const is = (...plurals: string[]) => isKind(kind, ...plurals);
  const patch = [ask("patch")];
  const pod = is("pods");
  const runs = is("pods", "deployments", "statefulsets", "daemonsets", "replicasets", "replicationcontrollers", "jobs");
  const rolls = is("deployments", "statefulsets", "daemonsets");
  const scales =
    is("deployments", "statefulsets", "replicasets", "replicationcontrollers") || subresources.includes("scale");
  const specs: (ActionSpec | false)[] = [
    runs && { id: "logs", keys: "L", primary: true, many: true, needs: [inPod("log", "get")] },
    pod && { id: "logs-previous", keys: "P", needs: [inPod("log", "get")] },
    pod && { id: "shell", keys: "S", primary: true, needs: [inPod("exec")] },
    rolls && { id: "restart", keys: "R", primary: true, many: true, writes: true, needs: patch },
    scales && { id: "scale", keys: "Shift+S", primary: !pod, many: true, writes: true, needs: [ask("patch", "scale")] },
    is("cronjobs") && {
      id: "trigger",
      keys: "T",
      primary: true,
      many: true,
      writes: true,
      needs: [{ verb: "create", group: "batch", resource: "jobs" }],
    },
    is("secrets") && { id: "decode", keys: "X", primary: true, needs: [ask("get")] },
    is("nodes") && { id: "cordon", keys: "Shift+C", primary: true, many: true, writes: true, needs: patch },
    is("nodes") && { id: "uncordon", keys: "Shift+U", primary: true, many: true, writes: true, needs: patch },
    is("nodes") && {
      id: "drain",
      keys: "Shift+D",
      primary: true,
      many: true,
      writes: true,
      needs: [...patch, inPod("eviction")],
    },
    is("nodes") && {
      id: "node-shell",
      keys: "S",
      writes: true,
      needs: [{ verb: "create", group: "", resource: "pods" }, inPod("exec")],
    },
    is("nodes") && { id: "taints", keys: "Shift+T", many: true, writes: true, needs: patch },
    { id: "edit", keys: "E", primary: true, needs: [ask("get")] },
    rolls && { id: "rollout", keys: "H", needs: [{ verb: "list", group: "apps", resource: historyOf(plural) }] },
    is("deployments") && { id: "pause", many: true, writes: true, needs: patch },
    is("deployments") && { id: "unpause", many: true, writes: true, needs: patch },
    (runs || is("cronjobs")) && { id: "image", keys: "I", many: true, writes: true, needs: patch },
    is("cronjobs", "jobs") && { id: "suspend", keys: "Z", many: true, writes: true, needs: patch },
    is("cronjobs", "jobs") && { id: "resume", keys: "Shift+Z", many: true, writes: true, needs: patch },
    pod && { id: "attach", keys: "A", needs: [inPod("attach")] },
    is("pods", "services", "deployments", "statefulsets", "daemonsets", "replicasets") && {
      id: "forward",
      keys: "Shift+F",
      needs: [inPod("portforward")],
    },
    pod && { id: "copy-files", keys: "F", needs: [inPod("exec")] },
    pod && { id: "debug", keys: "Shift+D", writes: true, needs: [inPod("ephemeralcontainers", "patch")] },
    pod && { id: "go-node", keys: "O", needs: [{ verb: "get", group: "", resource: "nodes" }] },
    { id: "labels", keys: "Shift+L", many: true, writes: true, needs: patch },
    { id: "annotations", keys: "Shift+A", many: true, writes: true, needs: patch },
    { id: "finalizers", danger: true, writes: true, needs: patch },
    { id: "commands", keys: "Shift+K", many: true },
    pod && { id: "kill", keys: "Mod+Shift+D", danger: true, many: true, writes: true, needs: [ask("delete")] },
    { id: "delete", keys: "Mod+D", danger: true, many: true, writes: true, needs: [ask("delete")] },
  ];
  return specs.filter((spec) => spec !== false);
}

function historyOf(plural: string): string {
  return plural === "deployments" ? "replicasets" : "controllerrevisions";
}

/** Each question once, in every namespace that is meant; a few namespaces stand for many. */
export function questionsOf(specs: readonly ActionSpec[], targets: readonly ObjectTarget[]): AccessQuestion[] {
  const asks = new Map(specs.flatMap(({ needs = [] }) => needs.map((ask) => [JSON.stringify(ask), ask] as const)));
  return [...asks.values()].flatMap((ask) => namespacesOf(targets).map((namespace) => inNamespace(ask, namespace)));
}

const askedNamespaces = 4;

function namespacesOf(targets: readonly ObjectTarget[]): (string | undefined)[] {
  return [...new Set(targets.map(({ namespace }) => namespace))].slice(0, askedNamespaces);
}

function inNamespace(ask: Ask, namespace: string | undefined): AccessQuestion {
  return namespace === undefined ? ask : { ...ask, namespace };
}

/** The first thing a spec needs that the user may not do: "patch deployments.apps". */
export function refusedNeed(
  { needs = [] }: ActionSpec,
  questions: readonly AccessQuestion[],
  answers: readonly { allowed: boolean }[],
): AccessQuestion | undefined {
  return questions.find(
    (question, index) =>
      answers[index]?.allowed === false &&
      needs.some(
        ({ verb, group, resource, subresource }) =>
          verb === question.verb &&
          group === question.group &&
          resource === question.resource &&
          subresource === question.subresource,
      ),
  );
}
