/** flowdeck registry deploy, deployed and delete. */
export const cliRegistryDeploy = {
  deploy: "run a registry in the cluster: shows the plan, and deploys with --yes",
  deployed: "list the registries in the cluster, with what their nodes need to pull from them",
  delete: "delete a registry from the cluster; shows what would be deleted without --confirm",
  name: "the name of the registry; `registry` by default",
  namespace: "its own namespace; `flowdeck-registry` by default",
  host: "the DNS name or address where nodes reach it; the address of a node by default",
  nodePort: "the port on all nodes, 30000 to 32767; 31500 by default",
  size: "the size of its volume; 50Gi by default",
  storageClass: "the StorageClass of its volume; the cluster's default class by default",
  issuer: "use a certificate of this ClusterIssuer of cert-manager; Flowdeck creates a CA by default",
  noTls: "without TLS; only on a network that you trust",
  image: "another image of Docker's registry",
  wrong: "The value of {{field}} is not valid.",
  tlsTwice: "Use --issuer or --no-tls, not both.",
  unapplied: "--yes deploys the registry.",
  unchanged: "The registry is deployed like this already.",
  headNodes: "ADDRESS FOR NODES",
  headPods: "ADDRESS FOR PODS",
  ready: "running",
  starting: "starting",
  none: "Flowdeck runs no registry in this cluster.",
  nodes: "{{version}} on {{nodes}}:",
  which: "the namespace and the name, as in `flowdeck-registry/registry`",
  confirm: "the name of the registry, to delete it",
  keepData: "keep the volume with the images",
  data: "The volume claim {{claim}} ({{size}}) with all images is deleted, unless you use --keep-data.",
  pulledBy_one: "{{count}} pod in the cluster uses an image from it.",
  pulledBy_other: "{{count}} pods in the cluster use images from it.",
  unconfirmed: "--confirm {{name}} deletes it.",
  done_one: "Deleted {{count}} object.",
  done_other: "Deleted {{count}} objects.",
  stays: "Not deleted: {{objects}}",
} as const;

/** What a deployment is doing. */
export const cliRegistryStep = {
  check: "Checking the plan",
  certificate: "Creating the certificate and the password",
  write: "Creating the objects",
  start: "Waiting until it runs",
  connect: "Signing in",
} as const;

export const cliRegistryFile = {
  write: "  Write {{path}}:",
  add: "  Add to {{path}}:",
} as const;
