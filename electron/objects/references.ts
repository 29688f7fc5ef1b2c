import { at, list, text } from "../../common/json/index.ts";
import { atContainer, atEnvVar, atPodSpec, atPodVolume, groupKindOf, isKind } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";

/** What a pod spec names in its own namespace, and what for. */
export interface Reference {
  kind: "ConfigMap" | "Secret" | "PersistentVolumeClaim" | "ServiceAccount";
  name: string;
  /** In the API's words: `volume data`, `env DB_PASSWORD`. */
  how: string;
}

const templatePaths: Record<string, string[]> = {
  "/Pod": ["spec"],
  "batch/CronJob": ["spec", "jobTemplate", "spec", "template", "spec"],
  "/PodTemplate": ["template", "spec"],
};

/** The pod spec of a pod, a workload or anything else with a pod template. */
export function podSpecOf(object: KubeObject): unknown {
  return at(object, ...(templatePaths[groupKindOf(object)] ?? ["spec", "template", "spec"]));
}

/** Names of the volume claims a pod uses, those made for it alone among them. */
export function claimsOf(pod: KubeObject): string[] {
  const volumes = list(at(podSpecOf(pod), "volumes"));
  const named = volumes.map((volume) => text(atPodVolume(volume, "persistentVolumeClaim", "claimName")));
  const own = volumes
    .filter((volume) => atPodVolume(volume, "ephemeral") !== undefined)
    .map((volume) => `${pod.metadata.name}-${text(atPodVolume(volume, "name")) ?? ""}`);
  return unique([...named, ...own]);
}

/** Each object once, with everything it is used for. */
export function referencesOf(podSpec: unknown): Reference[] {
  const found = new Map<string, Reference>();
  const add = (kind: Reference["kind"], name: unknown, how: string) => {
    if (typeof name !== "string" || name === "") return;
    const known = found.get(`${kind}/${name}`);
    if (known === undefined) found.set(`${kind}/${name}`, { kind, name, how });
    else if (!known.how.split(", ").includes(how)) known.how += `, ${how}`;
  };
  if (atPodSpec(podSpec, "containers") === undefined) return [];
  add("ServiceAccount", atPodSpec(podSpec, "serviceAccountName") ?? "default", "serviceAccountName");
  for (const secret of list(atPodSpec(podSpec, "imagePullSecrets")))
    add("Secret", at(secret, "name"), "imagePullSecrets");
  for (const volume of list(atPodSpec(podSpec, "volumes"))) {
    const how = `volume ${text(atPodVolume(volume, "name")) ?? ""}`;
    add("PersistentVolumeClaim", atPodVolume(volume, "persistentVolumeClaim", "claimName"), how);
    add("Secret", atPodVolume(volume, "secret", "secretName"), how);
    add("ConfigMap", atPodVolume(volume, "configMap", "name"), how);
    add("Secret", atPodVolume(volume, "csi", "nodePublishSecretRef", "name"), how);
    for (const source of list(atPodVolume(volume, "projected", "sources"))) {
      add("Secret", at(source, "secret", "name"), how);
      add("ConfigMap", at(source, "configMap", "name"), how);
    }
  }
  for (const field of ["initContainers", "containers", "ephemeralContainers"]) {
    for (const container of list(at(podSpec, field))) {
      for (const source of list(atContainer(container, "envFrom"))) {
        add("Secret", at(source, "secretRef", "name"), "envFrom");
        add("ConfigMap", at(source, "configMapRef", "name"), "envFrom");
      }
      for (const variable of list(atContainer(container, "env"))) {
        const how = `env ${text(atEnvVar(variable, "name")) ?? ""}`;
        add("Secret", atEnvVar(variable, "valueFrom", "secretKeyRef", "name"), how);
        add("ConfigMap", atEnvVar(variable, "valueFrom", "configMapKeyRef", "name"), how);
      }
    }
  }
  return [...found.values()];
}

/**
 * Services that an Istio VirtualService sends to: hosts may be short, or carry their namespace.
 * https://istio.io/latest/docs/reference/config/networking/virtual-service/#Destination
 */
export function destinationsOf(virtualService: KubeObject): { namespace: string | undefined; service: string }[] {
  const routes = ["http", "tcp", "tls"].flatMap((field) => list(at(virtualService, "spec", field)));
  const hosts = routes
    .flatMap((route) => list(at(route, "route")))
    .map((route) => text(at(route, "destination", "host")));
  return unique(hosts).map((host) => {
    const [service = "", namespace] = host.split(".");
    return { service, namespace: namespace ?? virtualService.metadata.namespace };
  });
}

/** Services that a Gateway API route sends to. */
export function backendRefsOf(route: KubeObject): { namespace: string | undefined; service: string }[] {
  const refs = list(at(route, "spec", "rules")).flatMap((rule) => list(at(rule, "backendRefs")));
  return refs.flatMap((ref) => {
    const service = text(at(ref, "name"));
    // Both fields have defaults: https://gateway-api.sigs.k8s.io/reference/spec/#backendobjectreference
    const of = { group: text(at(ref, "group")) ?? "", kind: text(at(ref, "kind")) ?? "Service" };
    const namespace = text(at(ref, "namespace")) ?? route.metadata.namespace;
    return service && isKind(of, "/Service") ? [{ service, namespace }] : [];
  });
}

function unique(words: readonly (string | undefined)[]): string[] {
  return [...new Set(words)].filter((word) => word !== undefined && word !== "") as string[];
}
