/** Registries that Flowdeck runs in a cluster. */
export const registryDeploy = {
  namespaceTaken: "The namespace `{{namespace}}` already exists, and Flowdeck didn't create it.",
  namespaceTakenWay: "Choose another namespace. The registry needs its own namespace.",
  namespaceEnding: "The namespace `{{namespace}}` is still being deleted. Try again in a moment.",
  noAddress: "None of the nodes has an address.",
  noAddressWay: "Enter the name or address under which the nodes can be reached.",
  noClass: "There is no StorageClass called `{{name}}`.",
  noClassWay: "Choose one of these: {{names}}.",
  noDefaultClass:
    "The cluster has no default StorageClass. The registry starts only when someone creates a volume for it. Choose a StorageClass, or create a volume.",
  plain:
    "Without TLS, the password and the images can be read on the network, and every node has to allow it. Use this only on a network that you trust.",
  oneNode:
    "The address is that of the node `{{node}}`. If you remove this node, images can't be pulled until you choose another address. Enter a DNS name to avoid this.",
  cloud:
    "The nodes of this cluster are replaced by the cloud, and new ones lack what you set up on the old ones. The registry of your cloud needs no setup on nodes.",
  nodesFirst: "Nodes can pull from `{{host}}` only after they are set up as shown under “Set up the nodes”.",
  stale: "The cluster or the settings have changed since the plan was made. Nothing was changed.",
  staleWay: "Look at the new plan, then deploy again.",
  late: "The registry `{{name}}` didn't start within 10 minutes.",
  lateWay:
    "What was created is still in the cluster, so that you can find the cause. Fix it and deploy again, or delete the registry.",
  undone: "Everything that was done has been undone.",
  notUndone: "These objects could not be restored: {{objects}}. Check them, and delete what you don't need.",
  running: "The registry is running at `{{host}}`.",
  connected: "This computer can sign in to `{{host}}`. You can copy images there now.",
  unreached:
    "This computer can't sign in to `{{host}}`: {{why}} Its password is stored, and nodes may reach it even so. To copy images, use a computer that reaches the nodes.",
  notConfirmed: "Enter the name `{{name}}` to delete this registry.",
  notThere: "Flowdeck runs no registry called `{{name}}` in the namespace `{{namespace}}`.",
} as const;

/** What nodes need to pull from such a registry. */
export const registryNodes = {
  trusted: "Nothing to do if the nodes trust the issuer of the certificate.",
  authorityLater: "The CA certificate is created when the registry is deployed. It is shown here afterwards.",
  configPath:
    "config.toml needs the `config_path` only if it has none. Restart containerd only after you change config.toml.",
  oneByOne: "Restart one node after the other.",
  kind: "Save the files, then run the commands in the same folder. They work for kind 0.27 or later. With Podman, use `podman` in place of `docker`.",
  minikube: "minikube copies the files to the node when it starts.",
  minikubePlain:
    "minikube accepts a registry without TLS only when the cluster is created, so this deletes everything in it. TLS needs no new cluster.",
  other: "The runtime of these nodes is unknown. Its documentation says how it trusts a CA certificate.",
} as const;
