import { describe, expect, it } from "vitest";
import { nodeRecipes } from "../../../electron/registries/deployment/node-recipes.ts";

interface More {
  labels?: Record<string, string>;
  providerID?: string;
  kubelet?: string;
}
const node = (
  name: string,
  containerRuntimeVersion: string,
  { labels, providerID, kubelet = "v1.34.1" }: More = {},
) => ({
  ...{ apiVersion: "v1", kind: "Node", metadata: { name, ...(labels ? { labels } : {}) }, spec: { providerID } },
  status: { nodeInfo: { containerRuntimeVersion, kubeletVersion: kubelet } },
});
const host = "10.0.0.4:31500";
const secure = { host, plain: false, isOwn: true, authority: "the authority\n" };
const recipe = (one: ReturnType<typeof node>, address: Parameters<typeof nodeRecipes>[1] = secure) => {
  const [found] = nodeRecipes([one], address);
  if (found === undefined) throw new Error("no recipe");
  return {
    ...found,
    paths: found.files.map(({ path }) => path),
    text: found.files.map(({ content }) => content).join("\n"),
  };
};

describe("what nodes need to pull from a registry", () => {
  it("is said once for all nodes of one runtime and version", () => {
    const nodes = [
      node("b", "containerd://2.1.4"),
      node("a", "containerd://2.1.4"),
      node("old", "containerd://1.7.27"),
      node("c", "cri-o://1.34.0"),
    ];
    expect(nodeRecipes(nodes, secure).map(({ runtime, nodes: names }) => [runtime, names])).toEqual([
      ["containerd", ["a", "b"]],
      ["containerd", ["old"]],
      ["crio", ["c"]],
    ]);
  });

  it("is a folder of certs.d for containerd, whose plugin has another name since 2.0", () => {
    const now = recipe(node("a", "containerd://2.1.4"));
    expect(now.paths).toEqual([
      `/etc/containerd/certs.d/${host}/hosts.toml`,
      `/etc/containerd/certs.d/${host}/ca.crt`,
      "/etc/containerd/config.toml",
    ]);
    expect(now.text).toContain(`[host."https://${host}"]`);
    expect(now.text).toContain(`ca = "/etc/containerd/certs.d/${host}/ca.crt"`);
    expect(now.text).toContain("[plugins.'io.containerd.cri.v1.images'.registry]");
    expect(recipe(node("a", "containerd://1.7.27")).text).toContain('[plugins."io.containerd.grpc.v1.cri".registry]');
    const plain = recipe(node("a", "containerd://2.1.4"), { host, plain: true, isOwn: false });
    expect(plain.text).toContain(`server = "http://${host}"`);
    expect(plain.text).not.toContain("ca.crt");
  });

  it("is what CRI-O, Docker, k3s and RKE2 read", () => {
    const plain = { host, plain: true, isOwn: false };
    expect(recipe(node("a", "cri-o://1.34.0")).paths).toEqual([`/etc/containers/certs.d/${host}/ca.crt`]);
    expect(recipe(node("a", "cri-o://1.34.0"), plain).text).toContain("insecure = true");
    expect(recipe(node("a", "docker://28.0.1")).paths).toEqual([`/etc/docker/certs.d/${host}/ca.crt`]);
    expect(JSON.parse(recipe(node("a", "docker://28.0.1"), plain).text)).toEqual({ "insecure-registries": [host] });
    const k3s = recipe(node("a", "containerd://2.1.4-k3s1", { kubelet: "v1.34.1+k3s1" }));
    expect(k3s).toMatchObject({ runtime: "k3s", paths: expect.arrayContaining(["/etc/rancher/k3s/registries.yaml"]) });
    expect(k3s.text).toContain("ca_file: /etc/rancher/k3s/flowdeck-registry-ca.crt");
    const rke2 = recipe(node("a", "containerd://2.1.4-k3s1", { kubelet: "v1.34.1+rke2r1" }));
    expect(rke2).toMatchObject({
      runtime: "rke2",
      paths: expect.arrayContaining(["/etc/rancher/rke2/registries.yaml"]),
    });
  });

  it("is copied into the nodes of kind, k3d and minikube from this computer", () => {
    const kind = recipe(node("kind-worker", "containerd://2.1.1", { providerID: "kind://docker/kind/kind-worker" }));
    expect(kind.commands).toContain(`docker cp ca.crt kind-worker:/etc/containerd/certs.d/${host}/ca.crt`);
    expect(kind.text).toContain(`ca = "/etc/containerd/certs.d/${host}/ca.crt"`);
    const k3d = recipe(node("k3d-c-server-0", "containerd://2.1.1-k3s1", { providerID: "k3s://k3d-c-server-0" }));
    expect(k3d.commands).toEqual([
      "docker cp registries.yaml k3d-c-server-0:/etc/rancher/k3s/registries.yaml",
      "docker cp flowdeck-registry-ca.crt k3d-c-server-0:/etc/rancher/k3s/flowdeck-registry-ca.crt",
      "docker restart k3d-c-server-0",
    ]);
    const labels = { "minikube.k8s.io/name": "minikube" };
    expect(recipe(node("minikube", "docker://28.0.1", { labels })).paths).toEqual([
      `~/.minikube/files/etc/docker/certs.d/${host}/ca.crt`,
    ]);
    const plain = recipe(node("minikube", "docker://28.0.1", { labels }), { host, plain: true, isOwn: false });
    expect(plain.commands).toContain(`minikube start --insecure-registry=${host}`);
  });

  it("is nothing where a trusted issuer signed the certificate, and says when there is no certificate yet", () => {
    const trusted = recipe(node("a", "containerd://2.1.4"), { host, plain: false, isOwn: false });
    expect(trusted).toMatchObject({ files: [], notes: [{ id: "registryNodes.trusted" }] });
    const planned = recipe(node("a", "containerd://2.1.4"), { host, plain: false, isOwn: true });
    expect(planned.notes[0]).toMatchObject({ id: "registryNodes.authorityLater" });
    expect(planned.paths).not.toContain(`/etc/containerd/certs.d/${host}/ca.crt`);
  });
});
