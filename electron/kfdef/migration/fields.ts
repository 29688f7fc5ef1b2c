import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { type Fields, inside } from "./json.ts";
import type { Note, ServedApis } from "./types.ts";

/** A field that a kind which is still served once had. Server-side apply refuses what is not declared. */
interface RemovedField {
  field: string;
  /** The objects in one of the kind that had it. */
  places: (object: KubeObject) => (Fields | undefined)[];
  /** The Kubernetes version without it. */
  removedIn: string;
  /** A kind that went no later than the field: where it is served, the field may be known still. */
  knownWith: readonly [apiVersion: string, kind: string];
  source: string;
}

const builtIn = /^(v1|(apps|batch|autoscaling|policy|extensions)\/.*|[^/]*\.k8s\.io\/.*)$/;

/** Every ObjectMeta of an object: its own, its pods', its jobs'. */
const metadatas = (object: KubeObject) => [
  inside(object, "metadata"),
  inside(object, "spec", "template", "metadata"),
  inside(object, "spec", "jobTemplate", "metadata"),
  inside(object, "spec", "jobTemplate", "spec", "template", "metadata"),
];
const serviceSpec = (object: KubeObject) =>
  object.apiVersion === "v1" && object.kind === "Service" ? [inside(object, "spec")] : [];

export const removedFields: readonly RemovedField[] = [
  {
    field: "initializers",
    places: metadatas,
    removedIn: "1.16",
    knownWith: ["extensions/v1beta1", "Deployment"],
    source: "https://github.com/kubernetes/kubernetes/pull/79504",
  },
  {
    field: "clusterName",
    places: metadatas,
    removedIn: "1.25",
    knownWith: ["policy/v1beta1", "PodDisruptionBudget"],
    source: "https://github.com/kubernetes/kubernetes/pull/108717",
  },
  {
    field: "topologyKeys",
    places: serviceSpec,
    removedIn: "1.22",
    knownWith: ["apiextensions.k8s.io/v1beta1", "CustomResourceDefinition"],
    source: "https://github.com/kubernetes/kubernetes/pull/102412",
  },
];

/** The kinds whose presence tells whether a cluster is old enough to know removed fields. */
export const witnesses = removedFields.map(({ knownWith }) => knownWith);

/** Drops fields that the cluster's version of a kind no longer has; gives the object itself where there are none. */
export function dropRemovedFields(object: KubeObject, served: ServedApis, note: Note): KubeObject {
  if (!builtIn.test(object.apiVersion)) return object;
  const gone = removedFields.filter(
    ({ field, places, knownWith }) =>
      !served.serves(...knownWith) && places(object).some((place) => place?.[field] !== undefined),
  );
  if (gone.length === 0) return object;
  const copy = structuredClone(object);
  for (const { field, places, removedIn } of gone)
    for (const place of places(copy))
      if (place?.[field] !== undefined) {
        delete place[field];
        note(message("conversion.fieldRemoved", { field, version: removedIn }));
      }
  return copy;
}
