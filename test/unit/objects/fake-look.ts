import { FlowdeckError } from "../../../common/contract/index.ts";
import { verbatim } from "../../../common/words/index.ts";
import type { ApiResource, KubeObject } from "../../../electron/cluster/index.ts";
import type { Look } from "../../../electron/objects/live-query.ts";

const clusterWide = new Set([
  "Node",
  "Namespace",
  "PersistentVolume",
  "StorageClass",
  "ClusterRole",
  "ClusterRoleBinding",
]);

export function make(apiVersion: string, kind: string, name: string, rest: object = {}): KubeObject {
  const { metadata = {}, ...more }: { metadata?: object } = { ...rest };
  const where = clusterWide.has(kind) ? {} : { namespace: "shop" };
  return { apiVersion, kind, ...more, metadata: { name, ...where, uid: `uid-${kind}-${name}`, ...metadata } };
}

export function owner(object: KubeObject): object {
  const { apiVersion, kind, metadata } = object;
  return { ownerReferences: [{ apiVersion, kind, name: metadata.name, uid: metadata.uid ?? "", controller: true }] };
}

/** A cluster of these objects. Selectors are plain `key=value` lists, as the derivations under test write them. */
export function lookOver(
  objects: readonly KubeObject[],
  options: { forbidden?: readonly string[]; now?: number } = {},
): Look {
  return {
    now: options.now ?? Date.parse("2026-01-01T12:00:00Z"),
    list: ({ apiVersion, kind, namespace, labelSelector, fieldSelector }) => {
      if (options.forbidden?.includes(kind)) {
        const failure = new FlowdeckError("forbidden", verbatim("No."));
        return { objects: [], known: true, truncated: false, failure };
      }
      const found = objects.filter(
        (object) =>
          object.apiVersion === apiVersion &&
          object.kind === kind &&
          (namespace === undefined || object.metadata.namespace === namespace) &&
          pairs(labelSelector).every(([key, value]) => object.metadata.labels?.[key] === value) &&
          pairs(fieldSelector).every(([path, value]) => fieldOf(object, path) === value),
      );
      return { objects: found, known: true, truncated: false, failure: undefined };
    },
    resource: (group, kind): ApiResource => ({
      group,
      version: group === "autoscaling" ? "v2" : "v1",
      kind,
      plural: `${kind.toLowerCase()}s`,
      namespaced: !clusterWide.has(kind),
      verbs: [],
      singular: "",
      shortNames: [],
      categories: [],
    }),
  };
}

function pairs(selector: string | undefined): [string, string][] {
  return (selector ?? "")
    .split(",")
    .filter((part) => part !== "" && !part.includes("!="))
    .map((part) => [part.split("=")[0] ?? "", part.split("=").slice(1).join("=")]);
}

function fieldOf(object: KubeObject, path: string): unknown {
  let here: unknown = object;
  for (const field of path.split(".")) {
    here = typeof here === "object" && here !== null ? Object.getOwnPropertyDescriptor(here, field)?.value : undefined;
  }
  return here;
}
