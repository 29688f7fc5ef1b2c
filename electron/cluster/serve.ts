import type { clusterContract } from "../../common/contract/index.ts";
import type { Served } from "../host/index.ts";
import type { ClusterConnections } from "./connect.ts";
import { KubeconfigEditor } from "./kubeconfig-editor.ts";
import type { Kubeconfigs } from "./kubeconfigs.ts";

/** Kubeconfigs, their contexts, and connections to their clusters, behind the contract. */
export function serveClusters({
  kubeconfigs,
  connections,
}: {
  kubeconfigs: Kubeconfigs;
  connections: ClusterConnections;
}): Served<typeof clusterContract> {
  const editor = new KubeconfigEditor(kubeconfigs);
  return {
    methods: {
      "contexts.list": () => kubeconfigs.list(),
      "contexts.watch": (_input, signal) => kubeconfigs.watch(signal),
      "contexts.addFile": ({ path }) => kubeconfigs.addFile(path),
      "contexts.removeFile": ({ path }) => kubeconfigs.removeFile(path),
      "contexts.setOptions": ({ context, change }) => kubeconfigs.setOptions(context, change),
      "contexts.rename": ({ context, name }) => editor.rename(context, name),
      "contexts.removal": ({ context }) => editor.removal(context),
      "contexts.remove": ({ context }) => editor.remove(context),
      "contexts.setCurrent": ({ context }) => editor.setCurrent(context),
      "cluster.connect": ({ context }, signal) => connections.connect(context, signal),
      "cluster.approveExec": async ({ context, command }) => {
        await kubeconfigs.approveExec(context, command);
        return {};
      },
    },
  };
}
