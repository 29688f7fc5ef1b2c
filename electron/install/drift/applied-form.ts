import type { ObjectRef } from "../../../common/contract/index.ts";
import { fields } from "../../../common/json/index.ts";
import { atDeployment, isKind } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { isSecret } from "../../redaction/index.ts";
import { keyOfObject } from "../objects.ts";
import { withoutOwnedLater } from "../plan/normalise.ts";
import { componentLabel, installationLabel } from "../plan/plan-types.ts";
import { OwnedFields } from "./owned-fields.ts";

/** Whose object it is, and where, as the journal has it. */
export interface AppliedPlace {
  ref: ObjectRef;
  component: string;
  installation: string;
  /** It was there before: it has none of our labels. */
  foreign: boolean;
  /** Keys of what a HorizontalPodAutoscaler scales. */
  scaled: ReadonlySet<string>;
}

/** A rendered object as it was applied: in its namespace, labelled, without what controllers own. Pure. */
export function appliedForm(rendered: KubeObject, place: AppliedPlace): KubeObject {
  const { ref, component, installation, foreign, scaled } = place;
  const { namespace: _namespace, ...metadata } = rendered.metadata;
  const placed = { ...rendered, metadata: { ...metadata, ...(ref.namespace ? { namespace: ref.namespace } : {}) } };
  const object = withoutOwnedLater(placed, scaled);
  if (foreign) return object;
  const labels = { ...object.metadata.labels, [installationLabel]: installation, [componentLabel]: component };
  return { ...object, metadata: { ...object.metadata, labels } };
}

/**
 * With one replica said where a workload says nothing of it and somebody scaled it: what the server fills in counts as
 * applied, then. Autoscalers are left alone. Pure.
 */
export function withReplicas(
  applied: KubeObject,
  live: KubeObject | undefined,
  scaled: ReadonlySet<string>,
): KubeObject {
  const isScalable = isKind(applied, "apps/Deployment") || isKind(applied, "apps/StatefulSet");
  if (!isScalable || live === undefined || scaled.has(keyOfObject(applied))) return applied;
  if (atDeployment(applied, "spec", "replicas") !== undefined || atDeployment(live, "spec", "replicas") === 1)
    return applied;
  const owners = OwnedFields.of(live).field("spec").field("replicas").owners;
  if (owners.length === 0 || owners.some(({ manager }) => manager === autoscaler)) return applied;
  return { ...applied, spec: { ...fields(applied.spec), replicas: 1 } };
}

/** HorizontalPodAutoscalers scale as the program that runs them. */
const autoscaler = "kube-controller-manager";

/** A Secret as the server stores it: `stringData` is written into `data`. The values may be stand-ins. */
export function storedForm(object: KubeObject): KubeObject {
  if (!isSecret(object) || object.stringData === undefined) return object;
  const { stringData, ...rest } = object;
  return {
    ...rest,
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: object.metadata,
    data: { ...fields(object.data), ...fields(stringData) },
  };
}
