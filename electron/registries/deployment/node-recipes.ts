import type { NodeRecipe } from "../../../common/contract/index.ts";
import { at, fields, text } from "../../../common/json/index.ts";
import { atNode } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";

/** A registry as nodes see it. */
export interface NodeAddress {
  /** Host and port, as in an image's name. */
  host: string;
  plain: boolean;
  /** In PEM; absent where nodes trust the certificate anyway, or it is not there yet. */
  authority?: string | undefined;
  /** It will have an authority of its own. */
  isOwn: boolean;
}

type Runtime = NodeRecipe["runtime"];
type Steps = Pick<NodeRecipe, "files" | "commands" | "notes">;

/** What has to be set up on nodes, for each kind of runtime that this cluster has. Pure. */
export function nodeRecipes(nodes: readonly KubeObject[], address: NodeAddress): NodeRecipe[] {
  const groups = Map.groupBy(nodes, (node) => {
    const version = text(atNode(node, "status", "nodeInfo", "containerRuntimeVersion")) ?? "";
    return JSON.stringify([runtimeOf(node, version), version]);
  });
  return [...groups.values()].map((group) => {
    const [first] = group;
    const version = text(first && atNode(first, "status", "nodeInfo", "containerRuntimeVersion")) ?? "";
    const runtime = first === undefined ? "other" : runtimeOf(first, version);
    const names = group.map(({ metadata }) => metadata.name).sort();
    return { runtime, version, nodes: names, ...stepsFor(runtime, version, names, address) };
  });
}

function runtimeOf(node: KubeObject, version: string): Runtime {
  const id = text(atNode(node, "spec", "providerID")) ?? "";
  const kubelet = text(at(atNode(node, "status", "nodeInfo"), "kubeletVersion")) ?? "";
  if (id.startsWith("kind://")) return "kind";
  if (id.startsWith("k3s://k3d-")) return "k3d";
  if (Object.keys(fields(node.metadata.labels)).some((key) => key.startsWith("minikube.k8s.io/"))) return "minikube";
  if (kubelet.includes("+rke2")) return "rke2";
  if (kubelet.includes("+k3s")) return "k3s";
  if (version.startsWith("containerd://")) return "containerd";
  if (version.startsWith("cri-o://")) return "crio";
  return version.startsWith("docker://") ? "docker" : "other";
}

function stepsFor(runtime: Runtime, version: string, nodes: readonly string[], address: NodeAddress): Steps {
  const { plain, authority, isOwn } = address;
  if (!plain && !isOwn && authority === undefined)
    return { files: [], commands: [], notes: [message("registryNodes.trusted")] };
  const steps = plainSteps(runtime, version, nodes, address);
  const later = isOwn && authority === undefined ? [message("registryNodes.authorityLater")] : [];
  return { ...steps, notes: [...later, ...steps.notes] };
}

function plainSteps(runtime: Runtime, version: string, nodes: readonly string[], address: NodeAddress): Steps {
  const { host, plain } = address;
  switch (runtime) {
    case "containerd":
      return containerd(address, version);
    case "crio":
      return plain
        ? {
            files: [
              file(
                "/etc/containers/registries.conf.d/50-flowdeck.conf",
                `[[registry]]\nlocation = "${host}"\ninsecure = true\n`,
              ),
            ],
            commands: ["sudo systemctl reload crio"],
            notes: [],
          }
        : { files: authorityFile(`/etc/containers/certs.d/${host}/ca.crt`, address), commands: [], notes: [] };
    case "docker":
      return docker(address);
    case "k3s":
      return k3s(address, "/etc/rancher/k3s", ["sudo systemctl restart k3s || sudo systemctl restart k3s-agent"]);
    case "rke2":
      return k3s(address, "/etc/rancher/rke2", [
        "sudo systemctl restart rke2-server || sudo systemctl restart rke2-agent",
      ]);
    case "kind":
      return kind(address, nodes);
    case "k3d":
      return k3d(address, nodes);
    case "minikube":
      return minikube(address, version);
    case "other":
      return { files: authorityFile("ca.crt", address), commands: [], notes: [message("registryNodes.other")] };
  }
}

/** https://github.com/containerd/containerd/blob/main/docs/hosts.md */
function containerd(address: NodeAddress, version: string): Steps {
  const plugin = /^containerd:\/\/v?1\./.test(version)
    ? 'plugins."io.containerd.grpc.v1.cri".registry'
    : "plugins.'io.containerd.cri.v1.images'.registry";
  const config = `[${plugin}]\n  config_path = "/etc/containerd/certs.d"\n`;
  return {
    files: [
      ...hostFiles(address, `/etc/containerd/certs.d/${address.host}`),
      { path: "/etc/containerd/config.toml", content: config, how: "add" },
    ],
    commands: [],
    notes: [message("registryNodes.configPath")],
  };
}

function hostFiles(address: NodeAddress, folder: string, on = folder): Steps["files"] {
  const { host, plain } = address;
  const url = `${plain ? "http" : "https"}://${host}`;
  const ca = plain ? "" : `  ca = "${on}/ca.crt"\n`;
  const hosts = `server = "${url}"\n\n[host."${url}"]\n  capabilities = ["pull", "resolve"]\n${ca}`;
  return [file(`${folder}/hosts.toml`, hosts), ...authorityFile(`${folder}/ca.crt`, address)];
}

/** https://docs.docker.com/engine/security/certificates/ */
function docker(address: NodeAddress): Steps {
  const { host, plain } = address;
  if (!plain) return { files: authorityFile(`/etc/docker/certs.d/${host}/ca.crt`, address), commands: [], notes: [] };
  const content = `${JSON.stringify({ "insecure-registries": [host] }, null, 2)}\n`;
  return {
    files: [{ path: "/etc/docker/daemon.json", content, how: "add" }],
    commands: ["sudo systemctl reload docker"],
    notes: [],
  };
}

/** https://docs.k3s.io/installation/private-registry */
function k3s(address: NodeAddress, folder: string, commands: string[], on = folder): Steps {
  const { host, plain } = address;
  const mirrors = `mirrors:\n  "${host}":\n    endpoint:\n      - "${plain ? "http" : "https"}://${host}"\n`;
  const configs = plain ? "" : `configs:\n  "${host}":\n    tls:\n      ca_file: ${on}/flowdeck-registry-ca.crt\n`;
  return {
    files: [
      { path: `${folder}/registries.yaml`, content: `${mirrors}${configs}`, how: "add" },
      ...authorityFile(`${folder}/flowdeck-registry-ca.crt`, address),
    ],
    commands,
    notes: [message("registryNodes.oneByOne")],
  };
}

/** https://kind.sigs.k8s.io/docs/user/local-registry/ */
function kind(address: NodeAddress, nodes: readonly string[]): Steps {
  const on = `/etc/containerd/certs.d/${address.host}`;
  const files = hostFiles(address, ".", on).map((one) => ({ ...one, path: one.path.replace("./", "") }));
  return {
    files,
    commands: nodes.flatMap((node) => [
      `docker exec ${node} mkdir -p ${on}`,
      ...(address.plain ? ["hosts.toml"] : ["hosts.toml", "ca.crt"]).map(
        (one) => `docker cp ${one} ${node}:${on}/${one}`,
      ),
    ]),
    notes: [message("registryNodes.kind")],
  };
}

function k3d(address: NodeAddress, nodes: readonly string[]): Steps {
  const on = "/etc/rancher/k3s";
  const steps = k3s(address, ".", [], on);
  const files = steps.files.map((one) => ({ ...one, path: one.path.replace("./", "") }));
  return {
    files,
    commands: nodes.flatMap((node) => [
      ...(address.plain ? ["registries.yaml"] : ["registries.yaml", "flowdeck-registry-ca.crt"]).map(
        (one) => `docker cp ${one} ${node}:${on}/${one}`,
      ),
      `docker restart ${node}`,
    ]),
    notes: [],
  };
}

/** https://minikube.sigs.k8s.io/docs/handbook/registry/ */
function minikube(address: NodeAddress, version: string): Steps {
  const { host, plain } = address;
  const isDocker = version.startsWith("docker://");
  const commands = ["minikube stop", "minikube start"];
  if (!isDocker) {
    const on = `/etc/containerd/certs.d/${host}`;
    const isCrio = version.startsWith("cri-o://");
    if (!isCrio) return { files: hostFiles(address, `~/.minikube/files${on}`, on), commands, notes: minikubeNotes };
  }
  if (plain)
    return {
      files: [],
      commands: ["minikube delete", `minikube start --insecure-registry=${host}`],
      notes: [message("registryNodes.minikubePlain")],
    };
  const folder = isDocker ? "/etc/docker/certs.d" : "/etc/containers/certs.d";
  return {
    files: authorityFile(`~/.minikube/files${folder}/${host}/ca.crt`, address),
    commands,
    notes: minikubeNotes,
  };
}

const minikubeNotes: Message[] = [message("registryNodes.minikube")];

function file(path: string, content: string): Steps["files"][number] {
  return { path, content, how: "write" };
}

function authorityFile(path: string, { authority, plain }: NodeAddress): Steps["files"] {
  return plain || authority === undefined ? [] : [file(path, authority)];
}
