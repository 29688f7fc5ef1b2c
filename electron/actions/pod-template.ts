import type { ContainerFact } from "../../common/contract/index.ts";
import { fields, text } from "../../common/json/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { type Fields, inner, records } from "./fields.ts";

/** Where a kind keeps the pod it makes; built-in kinds only, as others merge lists differently. */
const templatePaths: Readonly<Record<string, readonly string[]>> = {
  "/Pod": [],
  "/ReplicationController": ["spec", "template"],
  "apps/Deployment": ["spec", "template"],
  "apps/ReplicaSet": ["spec", "template"],
  "apps/StatefulSet": ["spec", "template"],
  "apps/DaemonSet": ["spec", "template"],
  "batch/Job": ["spec", "template"],
  "batch/CronJob": ["spec", "jobTemplate", "spec", "template"],
};

/** Undefined for kinds that make no pods, or not in a place that is known. */
export function templatePath(group: string, kind: string): readonly string[] | undefined {
  return templatePaths[`${group}/${kind}`];
}

/** Puts a part of a pod where the kind keeps its template. */
export function inTemplate(path: readonly string[], part: object): object {
  return path.reduceRight<object>((inner, key) => ({ [key]: inner }), part);
}

export function containersOf(object: KubeObject, group: string): ContainerFact[] {
  const path = templatePath(group, object.kind);
  if (path === undefined) return [];
  const template = inner(object, ...path);
  return containersOfTemplate(template, object.kind === "Pod" ? fields(object.status) : undefined);
}

/** @param podStatus tells which run; left out for templates */
export function containersOfTemplate(template: Fields, podStatus?: Fields): ContainerFact[] {
  const spec = fields(template.spec);
  const running = podStatus === undefined ? undefined : runningIn(podStatus);
  const roles = [
    ["init", spec.initContainers],
    ["main", spec.containers],
    ["ephemeral", spec.ephemeralContainers],
  ] as const;
  return roles.flatMap(([role, containers]) =>
    records(containers).map((container) => {
      const name = text(container.name) ?? "";
      const known = running === undefined ? {} : { running: running.has(name) };
      return { name, image: text(container.image) ?? "", role, ...known };
    }),
  );
}

function runningIn(podStatus: Fields): Set<string> {
  const all = [podStatus.initContainerStatuses, podStatus.containerStatuses, podStatus.ephemeralContainerStatuses];
  return new Set(
    all.flatMap((statuses) =>
      records(statuses)
        .filter((status) => fields(status.state).running !== undefined)
        .map((status) => text(status.name) ?? ""),
    ),
  );
}
