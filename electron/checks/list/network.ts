import { at, list, text } from "../../../common/json/index.ts";
import { atNode, atPodSpec, atPodVolume, isKind } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { type PlanNode, podTemplateOf } from "../../install/index.ts";
import { type Check, failed, passed } from "../check.ts";
import { nodeRef } from "./refs.ts";

/**
 * Where kinds of Kubernetes look for network plugins, if not where all others do:
 * https://istio.io/latest/docs/ambient/install/platform-prerequisites/
 */
const ownPaths: readonly { title: string; is: (node: KubeObject) => boolean; configuration: string }[] = [
  {
    title: "K3s",
    is: (node) => kubeletOf(node).includes("+k3s"),
    configuration: "/var/lib/rancher/k3s/agent/etc/cni/net.d",
  },
  {
    title: "MicroK8s",
    is: (node) => node.metadata.labels?.["microk8s.io/cluster"] === "true",
    configuration: "/var/snap/microk8s/current/args/cni-network",
  },
];

/** Istio's CNI plugin has to be found by the nodes, and to be left in place by Cilium; else no pod of the mesh starts. */
export const network: Check = {
  id: "network",
  level: "must",
  name: message("checks.network"),
  of: "plan",
  async run(world, { nodes: planned }) {
    const plugin = planned.find(({ ref }) => isKind(ref, "apps/DaemonSet") && ref.name === "istio-cni-node");
    if (plugin === undefined) return undefined;
    const { client, signal } = world;
    const cilium = await client.get(
      { apiVersion: "v1", kind: "ConfigMap", namespace: "kube-system", name: "cilium-config" },
      signal,
    );
    if (text(at(cilium, "data", "cni-exclusive")) === "true") return exclusiveCilium();
    const nodes = (await world.all("v1", "Node")) ?? [];
    const paths = hostPathsOf(plugin);
    for (const { title, is, configuration } of ownPaths) {
      const own = nodes.filter(is);
      if (own.length === 0 || paths.includes(configuration)) continue;
      return failed(message("checks.networkPath", { title, configuration }), {
        evidence: [message("checks.networkPathWay", { paths: paths.join(", ") })],
        objects: own.map(nodeRef),
        fix: {
          title: message("checks.networkLink"),
          about: [message("checks.networkLinkAbout")],
          lines: ["sudo mkdir -p /etc/cni", `sudo ln -sfn ${configuration} /etc/cni/net.d`],
        },
      });
    }
    return passed(message(cilium ? "checks.networkCilium" : "checks.networkOk"));
  },
};

/** https://docs.cilium.io/en/stable/network/servicemesh/istio/ */
function exclusiveCilium() {
  const patch = JSON.stringify({ data: { "cni-exclusive": "false" } });
  return failed(message("checks.ciliumExclusive"), {
    evidence: [message("checks.ciliumExclusiveWhy")],
    objects: [{ apiVersion: "v1", kind: "ConfigMap", namespace: "kube-system", name: "cilium-config" }],
    fix: {
      title: message("checks.ciliumShare"),
      about: [message("checks.ciliumShareAbout"), message("checks.ciliumHelm")],
      lines: [
        `kubectl -n kube-system patch configmap cilium-config --type merge -p '${patch}'`,
        "kubectl -n kube-system rollout restart daemonset cilium",
      ],
    },
  });
}

function kubeletOf(node: KubeObject): string {
  return text(atNode(node, "status", "nodeInfo", "kubeletVersion")) ?? "";
}

function hostPathsOf({ object }: PlanNode): string[] {
  return list(atPodSpec(podTemplateOf(object)?.spec, "volumes")).flatMap(
    (volume) => text(atPodVolume(volume, "hostPath", "path")) ?? [],
  );
}
