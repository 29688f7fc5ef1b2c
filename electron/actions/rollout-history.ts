import { isDeepStrictEqual } from "node:util";
import { stringify } from "yaml";
import type { Revision } from "../../common/contract/index.ts";
import { fields, isRecord, number, text, textMap } from "../../common/json/index.ts";
import { dialect } from "../../common/yaml/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { controllerOf, type Fields, inner } from "./fields.ts";
import { containersOfTemplate } from "./pod-template.ts";

/** Rollout history as kubectl computes it: k8s.io/kubectl/pkg/polymorphichelpers/{history,rollback}.go */

export const revisionAnnotation = "deployment.kubernetes.io/revision";
const changeCauseAnnotation = "kubernetes.io/change-cause";
const templateHashLabel = "pod-template-hash";

/** A revision with what it takes to go back to it. */
export interface KeptRevision extends Revision {
  /** The ReplicaSet or ControllerRevision itself. */
  keeper: KubeObject;
  podTemplate: Fields;
}

/** Revisions of a workload, oldest first, from all ReplicaSets (or ControllerRevisions) of its namespace. */
export function revisionsOf(workload: KubeObject, keepers: readonly KubeObject[]): KeptRevision[] {
  const own = keepers.filter((keeper) => controllerOf(keeper)?.uid === workload.metadata.uid);
  const all = own.map((keeper) =>
    workload.kind === "Deployment" ? ofReplicaSet(keeper) : ofControllerRevision(keeper),
  );
  const known = all.filter(({ revision }) => revision > 0).sort((a, b) => a.revision - b.revision);
  const current = currentOf(workload, known);
  return known.map((kept) => ({ ...kept, current: kept === current }));
}

function currentOf(workload: KubeObject, known: readonly KeptRevision[]): KeptRevision | undefined {
  if (workload.kind === "StatefulSet") {
    const name = text(inner(workload, "status").updateRevision);
    const named = known.find((kept) => kept.name === name);
    if (named !== undefined) return named;
  }
  if (workload.kind === "Deployment") {
    const revision = Number(workload.metadata.annotations?.[revisionAnnotation]);
    return known.find((kept) => kept.revision === revision) ?? known.at(-1);
  }
  return known.at(-1);
}

function ofReplicaSet(keeper: KubeObject): KeptRevision {
  const podTemplate = withoutHash(inner(keeper, "spec", "template"));
  return {
    ...common(keeper, podTemplate),
    revision: Number(keeper.metadata.annotations?.[revisionAnnotation] ?? 0),
    replicas: number(inner(keeper, "status").replicas) ?? 0,
  };
}

function ofControllerRevision(keeper: KubeObject): KeptRevision {
  const { $patch: _patch, ...podTemplate } = inner(keeper, "data", "spec", "template");
  return { ...common(keeper, podTemplate), revision: number(keeper.revision) ?? 0 };
}

function common(keeper: KubeObject, podTemplate: Fields): Omit<KeptRevision, "revision"> {
  const { annotations, creationTimestamp, name } = keeper.metadata;
  const changeCause = annotations?.[changeCauseAnnotation];
  return {
    name,
    current: false,
    ...(creationTimestamp === undefined ? {} : { createdAt: creationTimestamp }),
    ...(changeCause === undefined ? {} : { changeCause }),
    containers: containersOfTemplate(podTemplate),
    template: stringify(podTemplate, { ...dialect, lineWidth: 0 }),
    keeper,
    podTemplate,
  };
}

/** The label by which a Deployment tells its ReplicaSets apart is not part of what was asked for. */
export function withoutHash(template: Fields): Fields {
  const metadata = fields(template.metadata);
  const { [templateHashLabel]: _hash, ...labels } = textMap(metadata.labels);
  return { ...template, metadata: { ...metadata, labels } };
}

export type UndoChoice =
  | { kind: "revision"; to: KeptRevision }
  /** The wanted template is the one in force. */
  | { kind: "same"; to: KeptRevision }
  | { kind: "unknown"; wanted: number; known: number[] }
  | { kind: "first" };

/** Which revision to go back to: the wanted one, else the one before the newest. */
export function chooseUndo(workload: KubeObject, revisions: readonly KeptRevision[], wanted?: number): UndoChoice {
  const to = wanted === undefined ? revisions.at(-2) : revisions.find(({ revision }) => revision === wanted);
  if (to === undefined) {
    return wanted === undefined
      ? { kind: "first" }
      : { kind: "unknown", wanted, known: revisions.map((r) => r.revision) };
  }
  const same = isDeepStrictEqual(plain(to.podTemplate), plain(withoutHash(inner(workload, "spec", "template"))));
  return { kind: same ? "same" : "revision", to };
}

/** Empty labels and absent ones are the same. */
function plain(template: Fields): unknown {
  const normal = withoutHash(template);
  return withoutNulls(normal);
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  const given = Object.entries(value).filter(([, inside]) => inside !== null && inside !== undefined);
  return Object.fromEntries(given.map(([name, inside]) => [name, withoutNulls(inside)]));
}

/** Stay as the Deployment has them when an earlier revision comes back. */
const ownAnnotations = new Set([
  "kubectl.kubernetes.io/last-applied-configuration",
  revisionAnnotation,
  "deployment.kubernetes.io/revision-history",
  "deployment.kubernetes.io/desired-replicas",
  "deployment.kubernetes.io/max-replicas",
  "deprecated.deployment.rollback.to",
]);

/** A Deployment's annotations after going back to what a ReplicaSet keeps. */
export function undoneAnnotations(deployment: KubeObject, keeper: KubeObject): Record<string, string> {
  const kept = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => ownAnnotations.has(key));
  const back = Object.entries(keeper.metadata.annotations ?? {}).filter(([key]) => !ownAnnotations.has(key));
  return Object.fromEntries([...kept, ...back]);
}
