import { fields, isRecord, list } from "../../../common/json/index.ts";
import { isKind } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { RenderedComponent } from "../types.ts";

/**
 * The components with a pull secret named in every ServiceAccount and pod template. Only its name: the Secret itself is
 * written into the namespaces when they exist, and kubelets try again until it does. Pure.
 */
export function withPullSecret<T extends RenderedComponent>(components: readonly T[], name: string | undefined): T[] {
  if (name === undefined) return [...components];
  return components.map((component) => ({
    ...component,
    objects: component.objects.map((object) => named(object, name)),
  }));
}

function named(object: KubeObject, name: string): KubeObject {
  if (isKind(object, "/ServiceAccount")) return { ...object, imagePullSecrets: added(object.imagePullSecrets, name) };
  if (isKind(object, "/Pod")) return { ...object, spec: withSecret(object.spec, name) };
  if (isKind(object, "batch/CronJob")) {
    const spec = fields(object.spec);
    const job = fields(spec.jobTemplate);
    return { ...object, spec: { ...spec, jobTemplate: { ...job, spec: inTemplate(job.spec, name) } } };
  }
  if (!isKind(object, "apps/Deployment", "apps/StatefulSet", "apps/DaemonSet", "apps/ReplicaSet", "batch/Job"))
    return object;
  return { ...object, spec: inTemplate(object.spec, name) };
}

function inTemplate(spec: unknown, name: string): unknown {
  const template = fields(fields(spec).template);
  if (!isRecord(template.spec)) return spec;
  return { ...fields(spec), template: { ...template, spec: withSecret(template.spec, name) } };
}

function withSecret(spec: unknown, name: string): unknown {
  const all = fields(spec);
  return { ...all, imagePullSecrets: added(all.imagePullSecrets, name) };
}

function added(secrets: unknown, name: string): unknown[] {
  const others = list(secrets).filter((one) => fields(one).name !== name);
  return [...others, { name }];
}
