/** Objects the practice cluster's tests apply. */

export function deployment(
  name: string,
  labels: Record<string, string> = { app: name },
  namespace = "default",
): object {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            { name: "main", image: `registry.example/${name}:1`, env: [{ name: "GREETING", value: "hello" }] },
          ],
        },
      },
    },
  };
}

export function service(name: string, namespace = "default"): object {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace },
    spec: { selector: { app: name }, ports: [{ port: 443 }] },
  };
}

/** Asks the Service `name` about every ConfigMap labelled `asked=yes`. */
export function webhookConfiguration(name: string, annotations: Record<string, string> = {}): object {
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: { name, annotations },
    webhooks: [
      {
        name: `${name}.example.org`,
        admissionReviewVersions: ["v1"],
        sideEffects: "None",
        failurePolicy: "Fail",
        objectSelector: { matchLabels: { asked: "yes" } },
        clientConfig: { service: { name, namespace: "default" } },
        rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["configmaps"] }],
      },
    ],
  };
}

export function configMap(name: string): object {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "default", labels: { asked: "yes" } } };
}

export const claim = {
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { name: "data", namespace: "default" },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
};

export function customResource(group: string, version: string, kind: string, plural: string, scope: string): object {
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope,
      names: { kind, plural, singular: kind.toLowerCase() },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
        },
      ],
    },
  };
}

export const issuer = {
  apiVersion: "cert-manager.io/v1",
  kind: "Issuer",
  metadata: { name: "own", namespace: "default" },
  spec: { selfSigned: {} },
};

export function certificate(name: string): object {
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name, namespace: "default" },
    spec: {
      secretName: `${name}-tls`,
      dnsNames: [`${name}.default.svc`],
      issuerRef: { name: "own", kind: "Issuer" },
    },
  };
}

export const profile = {
  apiVersion: "kubeflow.org/v1",
  kind: "Profile",
  metadata: { name: "ada" },
  spec: { owner: { kind: "User", name: "ada@example.org" } },
};
