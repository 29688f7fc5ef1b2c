import { fields, isRecord, list } from "../../../common/json/index.ts";
import { isKind } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { RenderedComponent } from "../types.ts";

/** A pull secret, and what is in it: absent where no registry is connected, and somebody else writes it. */
export interface PullSecret {
  name: string | undefined;
  config?: string | undefined;
  /** Where objects go that name no namespace. */
  namespace?: string | undefined;
}

/**
 * The components with a pull secret named in every ServiceAccount and pod template, and with the Secret itself in every
 * namespace that has such: in the first component that does, so that it is there before the pods. Pure.
 */
export function withPullSecret<T extends RenderedComponent>(
  components: readonly T[],
  { name, config, namespace: usual }: PullSecret,
): T[] {
  if (name === undefined) return [...components];
  const supplied = new Set<string>();
  return components.map((component) => {
    const objects = component.objects.map((object) => named(object, name));
    if (config === undefined) return { ...component, objects };
    const using = objects.filter((object, index) => object !== component.objects[index]);
    const namespaces = new Set(using.map(({ metadata }) => metadata.namespace ?? usual ?? "default"));
    const lacking = [...namespaces].filter((one) => !supplied.has(one));
    for (const one of lacking) supplied.add(one);
    return { ...component, objects: [...lacking.map((one) => pullSecretOf(one, name, config)), ...objects] };
  });
}

/** The Secret that kubelets read. */
export function pullSecretOf(namespace: string, name: string, config: string): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace, labels: { "app.kubernetes.io/managed-by": "flowdeck" } },
    type: "kubernetes.io/dockerconfigjson",
    data: { ".dockerconfigjson": Buffer.from(config).toString("base64") },
  };
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
