import { createHash } from "node:crypto";
import type { RegistryDeployment } from "../../../common/contract/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { configHashAnnotation } from "../../install/index.ts";

/** On everything that belongs to a registry in the cluster; its value is the registry's name. */
export const registryLabel = "flowdeck.dev/registry";
/** On the Deployment: what it was made of, as JSON. */
export const settingsAnnotation = "flowdeck.dev/registry-settings";

export const servicePort = 5000;
const user = 1000;

/** What is secret in it. `tls` is absent where cert-manager makes it, or there is none. */
export interface RegistrySecrets {
  htpasswd: string;
  tls?: { authority: string; certificate: string; key: string };
}

export function namesOf({ name, namespace }: Pick<RegistryDeployment, "name" | "namespace">) {
  return {
    deployment: name,
    service: name,
    passwords: `${name}-htpasswd`,
    certificate: `${name}-tls`,
    claim: `${name}-data`,
    /** Where pods reach it. */
    address: `${name}.${namespace}.svc:${servicePort}`,
    dns: [`${name}.${namespace}.svc`, `${name}.${namespace}.svc.cluster.local`, `${name}.${namespace}`],
  };
}

/**
 * The objects of a registry in the order they are applied, the same from the same input. Docker's registry is set up by its
 * variables: https://distribution.github.io/distribution/about/configuration/
 */
export function registryObjects(
  settings: RegistryDeployment,
  secrets: RegistrySecrets,
  certificateNames: readonly string[],
): KubeObject[] {
  const { name, namespace, tls, size, storageClass, nodePort } = settings;
  const names = namesOf(settings);
  const labels = {
    "app.kubernetes.io/managed-by": "flowdeck",
    "app.kubernetes.io/name": "registry",
    "app.kubernetes.io/instance": name,
    [registryLabel]: name,
  };
  const selector = { "app.kubernetes.io/name": "registry", "app.kubernetes.io/instance": name };
  const metadata = (of: string) => ({ name: of, namespace, labels });
  const base64 = (value: string) => Buffer.from(value).toString("base64");
  const secret = (of: string, type: string, data: Record<string, string>): KubeObject => ({
    ...{ apiVersion: "v1", kind: "Secret", metadata: metadata(of), type },
    data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)])),
  });
  return [
    {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: namespace, labels: { ...labels, "pod-security.kubernetes.io/enforce": "restricted" } },
    },
    secret(names.passwords, "Opaque", { htpasswd: secrets.htpasswd }),
    ...(secrets.tls === undefined
      ? []
      : [
          secret(names.certificate, "kubernetes.io/tls", {
            "tls.crt": secrets.tls.certificate,
            "tls.key": secrets.tls.key,
            "ca.crt": secrets.tls.authority,
          }),
        ]),
    ...(tls.kind === "issuer" ? [certificate(settings, metadata(names.certificate), certificateNames)] : []),
    {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: metadata(names.claim),
      spec: {
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: size } },
        ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
      },
    },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { ...metadata(names.deployment), annotations: { [settingsAnnotation]: JSON.stringify(settings) } },
      spec: {
        replicas: 1,
        // Two registries would write into one volume.
        strategy: { type: "Recreate" },
        selector: { matchLabels: selector },
        template: {
          metadata: { labels, annotations: { [configHashAnnotation]: hashOf(secrets) } },
          spec: podSpec(settings),
        },
      },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: metadata(names.service),
      spec: {
        type: "NodePort",
        selector,
        ports: [{ name: "registry", port: servicePort, targetPort: "registry", nodePort, protocol: "TCP" }],
      },
    },
  ];
}

function certificate(
  { tls, host }: RegistryDeployment,
  metadata: { name: string; namespace: string; labels: Record<string, string> },
  names: readonly string[],
): KubeObject {
  const isIp = (one: string) => /^[\d.]+$/.test(one) || one.includes(":");
  const [ipAddresses, dnsNames] = [names.filter(isIp), names.filter((one) => !isIp(one))];
  // An issuer of the internet signs names of the internet only.
  const isPublic = host !== undefined && !isIp(host);
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata,
    spec: {
      secretName: metadata.name,
      ...(isPublic
        ? { dnsNames: [host] }
        : { ...(ipAddresses.length === 0 ? {} : { ipAddresses }), ...(dnsNames.length === 0 ? {} : { dnsNames }) }),
      issuerRef: {
        group: "cert-manager.io",
        kind: tls.kind === "issuer" ? tls.scope : "",
        name: tls.kind === "issuer" ? tls.name : "",
      },
    },
  };
}

function podSpec(settings: RegistryDeployment): object {
  const names = namesOf(settings);
  const secure = settings.tls.kind !== "none";
  const env = {
    REGISTRY_HTTP_ADDR: `:${servicePort}`,
    REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY: "/var/lib/registry",
    REGISTRY_STORAGE_DELETE_ENABLED: "true",
    REGISTRY_AUTH: "htpasswd",
    REGISTRY_AUTH_HTPASSWD_REALM: "Registry",
    REGISTRY_AUTH_HTPASSWD_PATH: "/auth/htpasswd",
    ...(secure ? { REGISTRY_HTTP_TLS_CERTIFICATE: "/certs/tls.crt", REGISTRY_HTTP_TLS_KEY: "/certs/tls.key" } : {}),
    // It would look for a collector of traces on its own host.
    OTEL_TRACES_EXPORTER: "none",
  };
  const probe = { httpGet: { path: "/", port: "registry", scheme: secure ? "HTTPS" : "HTTP" } };
  const certs = { name: "certs", mountPath: "/certs", readOnly: true };
  return {
    automountServiceAccountToken: false,
    securityContext: {
      ...{ runAsNonRoot: true, runAsUser: user, runAsGroup: user, fsGroup: user },
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        name: "registry",
        image: settings.image,
        ports: [{ name: "registry", containerPort: servicePort, protocol: "TCP" }],
        env: Object.entries(env).map(([name, value]) => ({ name, value })),
        readinessProbe: { ...probe, periodSeconds: 5 },
        livenessProbe: { ...probe, periodSeconds: 20, failureThreshold: 6 },
        resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "1Gi" } },
        securityContext: {
          ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
          capabilities: { drop: ["ALL"] },
        },
        volumeMounts: [
          { name: "data", mountPath: "/var/lib/registry" },
          { name: "auth", mountPath: "/auth", readOnly: true },
          ...(secure ? [certs] : []),
        ],
      },
    ],
    volumes: [
      { name: "data", persistentVolumeClaim: { claimName: names.claim } },
      { name: "auth", secret: { secretName: names.passwords } },
      ...(secure ? [{ name: "certs", secret: { secretName: names.certificate } }] : []),
    ],
  };
}

/** Other passwords or another certificate start the pod again; both are random, so that the hash gives nothing away. */
function hashOf({ htpasswd, tls }: RegistrySecrets): string {
  return createHash("sha256")
    .update(JSON.stringify([htpasswd, tls?.certificate]))
    .digest("hex")
    .slice(0, 32);
}
