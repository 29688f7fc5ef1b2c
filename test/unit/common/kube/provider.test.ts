import { expect, test } from "vitest";
import { isPublicIssuer, providerOf } from "../../../../common/kube/index.ts";

const node = (providerID: string | undefined, labels: Record<string, string> = {}) => ({
  metadata: { labels },
  spec: { providerID },
});

test.each([
  // as `kubectl version` and `kubectl get nodes -o yaml` show them
  ["eks", "v1.34.1-eks-113cf36", [node("aws:///eu-central-1a/i-0a1b2c3d4e5f60718")]],
  ["gke", "v1.34.1-gke.3355000", []],
  ["aks", "v1.34.0", [node("azure:///subscriptions/s/x", { "kubernetes.azure.com/cluster": "MC_rg_kf_koreacentral" })]],
  ["kind", "v1.34.0", [node("kind://docker/kind/kind-control-plane")]],
  ["k3d", "v1.34.1+k3s1", [node("k3s://k3d-course-server-0")]],
  ["minikube", "v1.34.0", [node(undefined, { "minikube.k8s.io/name": "minikube" })]],
  // machines of a cloud are not the cloud's own Kubernetes
  [undefined, "v1.34.0", [node("aws:///eu-central-1a/i-1"), node("gce://p/z/n"), node("azure:///subscriptions/s")]],
  [undefined, "v1.34.1+k3s1", [node("k3s://raspberry")]],
  [undefined, "v1.34.0", []],
] as const)("%s is found in %s", (provider, version, nodes) => {
  expect(providerOf({ version, nodes })).toBe(provider);
});

test.each([
  ["https://oidc.eks.eu-central-1.amazonaws.com/id/4F0A", true],
  ["https://container.googleapis.com/v1/projects/p/locations/l/clusters/c", true],
  ["https://koreacentral.oic.prod-aks.azure.com/tenant/id/", true],
  ["https://kf-dns-1a2b.hcp.koreacentral.azmk8s.io", false],
  ["https://kubernetes.default.svc.cluster.local", false],
  ["https://kubernetes.default.svc", false],
  ["https://10.0.0.1:6443", false],
  ["https://10.0.0.1/", false],
  ["http://issuer.example.com", false],
])("anyone can read the keys of %s: %s", (issuer, can) => {
  expect(isPublicIssuer(issuer)).toBe(can);
});
