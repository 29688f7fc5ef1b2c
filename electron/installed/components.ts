import type { Attention, ComponentHealth, InstalledComponent, PodSign } from "../../common/contract/index.ts";
import { at, list, number } from "../../common/json/index.ts";
import { atPod, conditionOf, conditionSince, health } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import type { Cause } from "../objects/index.ts";
import type { KnownWorkload, Subject } from "./subject.ts";
import { makerOf, signOfPod } from "./workload-pods.ts";

const podsShown = 40;
/** What is only starting is no matter for attention, unless it takes long. */
const patienceMs = 3 * 60_000;

export interface RunningWorkload extends KnownWorkload {
  /** Undefined: it is not there. */
  live: KubeObject | undefined;
}

export interface Running {
  workloads: readonly RunningWorkload[];
  pods: readonly KubeObject[];
  now: number;
  /** The worst that is wrong with a workload, if anything is. */
  causeOf: (workload: KubeObject) => Cause | undefined;
  linkTo: (workload: RunningWorkload) => Attention["object"];
}

export interface Seen {
  health: ComponentHealth;
  since: number | undefined;
  components: InstalledComponent[];
  attention: Attention[];
}

interface SeenWorkload {
  component: string;
  namespace: string;
  health: ComponentHealth;
  signs: PodSign[];
  attention: Attention | undefined;
}

const signOrder: readonly PodSign[] = ["running", "starting", "waiting", "bad"];
const healthOrder: readonly ComponentHealth[] = ["ok", "unknown", "progressing", "bad"];

/** How the components of an installation are, from its workloads and their pods. Pure, but for what `running` looks up. */
export function seeComponents(components: Subject["components"], running: Running): Seen {
  const pods = Map.groupBy(running.pods, makerOf);
  const seen = running.workloads.map((workload) => {
    const { kind, namespace = "", name } = workload.ref;
    return seeWorkload(workload, pods.get(`${kind}/${namespace}/${name}`) ?? [], running);
  });
  const byComponent = Map.groupBy(seen, ({ component }) => component);
  const all = components.map((component) => seeComponent(component, byComponent.get(component.id) ?? []));
  const overall = worst(all.map((component) => component.health));
  const since = Math.max(...running.pods.map((pod) => readySince(pod) ?? 0));
  return {
    health: running.workloads.length === 0 ? "unknown" : overall,
    since: overall === "ok" && since > 0 ? since : undefined,
    components: all,
    attention: seen
      .flatMap(({ attention }) => attention ?? [])
      .toSorted(
        (one, other) =>
          Number(one.level === "warn") - Number(other.level === "warn") || (one.since ?? 0) - (other.since ?? 0),
      ),
  };
}

function seeWorkload(workload: RunningWorkload, pods: readonly KubeObject[], running: Running): SeenWorkload {
  const { component, ref, live } = workload;
  const signs = pods.flatMap((pod) => signOfPod(pod) ?? []);
  const base = { component, namespace: ref.namespace ?? "", signs };
  if (live === undefined) {
    const attention: Attention = { component, level: "bad", object: running.linkTo(workload), restarts: 0 };
    return { ...base, health: "bad", attention };
  }
  const state = health(live);
  if (state.level === "ok" || state.level === "done") return { ...base, health: "ok", attention: undefined };
  const cause = running.causeOf(live);
  // Without a ready pod a workload is bad by itself; what is only starting has a cause that says so.
  const isBad = (cause?.level ?? state.level) === "bad";
  const since = troubledSince(live, pods);
  const lasts = since !== undefined && running.now - since > patienceMs;
  const attention =
    cause === undefined || !(isBad || lasts)
      ? undefined
      : {
          ...{
            component,
            level: isBad ? ("bad" as const) : ("warn" as const),
            object: running.linkTo(workload),
            cause,
          },
          ...(since === undefined ? {} : { since }),
          restarts: restartsOf(pods),
        };
  return { ...base, health: isBad ? "bad" : "progressing", attention };
}

function seeComponent(
  component: Subject["components"][number],
  workloads: readonly SeenWorkload[],
): InstalledComponent {
  const signs = workloads
    .flatMap((workload) => workload.signs)
    .toSorted((one, other) => signOrder.indexOf(one) - signOrder.indexOf(other));
  return {
    ...component,
    health: worst(workloads.map((workload) => workload.health)),
    // Those that are not well are never among the ones left out.
    pods: signs.slice(-podsShown),
    podsTotal: signs.length,
    podsReady: signs.filter((sign) => sign === "running").length,
    namespaces: [...new Set(workloads.map(({ namespace }) => namespace))].sort(),
  };
}

/** `ok` where there is nothing to be unwell: a component of definitions and roles alone. */
function worst(all: readonly ComponentHealth[]): ComponentHealth {
  return all.reduce<ComponentHealth>(
    (found, one) => (healthOrder.indexOf(one) > healthOrder.indexOf(found) ? one : found),
    "ok",
  );
}

function troubledSince(workload: KubeObject, pods: readonly KubeObject[]): number | undefined {
  const unavailable = conditionOf(workload, "Available")?.status === "False";
  const times = [
    unavailable ? conditionSince(workload, "Available") : undefined,
    ...pods.filter((pod) => signOfPod(pod) !== "running").map((pod) => readySince(pod) ?? createdAt(pod)),
  ].filter((time): time is number => time !== undefined && !Number.isNaN(time));
  return times.length === 0 ? undefined : Math.min(...times);
}

/** When a pod became ready, or ceased to be. */
function readySince(pod: KubeObject): number | undefined {
  return conditionSince(pod, "Ready");
}

function createdAt({ metadata }: KubeObject): number {
  return Date.parse(metadata.creationTimestamp ?? "");
}

function restartsOf(pods: readonly KubeObject[]): number {
  return Math.max(
    0,
    ...pods
      .flatMap((pod) => list(atPod(pod, "status", "containerStatuses")))
      .map((container) => number(at(container, "restartCount")) ?? 0),
  );
}
