import { join } from "node:path";
import { stringify } from "yaml";
import type { CloudPlatform, PlatformAction } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { defaultSize } from "./cloud-sizes.ts";
import { type CreateAction, kubeconfigPath, type Recipe, type Step } from "./recipe.ts";

export interface CloudPlace {
  dataDir: string;
  /** Whether kubelogin is there: clusters of AKS with Entra ID need it. */
  hasKubelogin: boolean;
}

/** What an action on a cloud's cluster does; `region` and, but for AWS, `account` are given. */
export function cloudRecipe(
  platform: CloudPlatform,
  action: PlatformAction & { region: string },
  place: CloudPlace,
): Recipe | undefined {
  const { name, region } = action;
  // A cluster of AKS that is created here is in a group of its own.
  const where = platform === "aks" && action.action === "create" ? groupFor(name) : region;
  const file = kubeconfigPath(place.dataDir, { ...action, platform, region: where });
  switch (action.action) {
    case "use":
      return {
        steps: credentials[platform](action, file, place),
        undo: [],
        files: [],
        kubeconfig: file,
        about: message("platform.aboutUse", { file }),
        minutes: 1,
        warnings: [],
      };
    case "create":
      return creations[platform]({ ...action, region }, file, place);
    case "delete":
      return {
        steps: deletions[platform](action),
        undo: [],
        files: [],
        kubeconfig: file,
        about: message(platform === "aks" ? "platform.aboutDeleteGroup" : "platform.aboutDelete", { name, region }),
        minutes: platform === "eks" ? 15 : 8,
        warnings: [message("platform.deleteVolumes")],
      };
    default:
      return undefined;
  }
}

type Target = { name: string; region: string; account?: string | undefined };

const profileArgs = (account: string | undefined) => (account === undefined ? [] : ["--profile", account]);
const projectArgs = (account: string | undefined) => (account === undefined ? [] : ["--project", account]);
const subscriptionArgs = (account: string | undefined) => (account === undefined ? [] : ["--subscription", account]);

const credentials: Record<CloudPlatform, (target: Target, file: string, place: CloudPlace) => Step[]> = {
  eks: ({ name, region, account }, file) => [
    {
      tool: "aws",
      args: [
        "eks",
        "update-kubeconfig",
        "--region",
        region,
        "--name",
        name,
        ...profileArgs(account),
        "--kubeconfig",
        file,
      ],
    },
  ],
  gke: ({ name, region, account }, file) => [
    {
      tool: "gcloud",
      args: ["container", "clusters", "get-credentials", name, "--location", region, ...projectArgs(account)],
      // It has no option for the file.
      env: { KUBECONFIG: file },
    },
  ],
  aks: ({ name, region, account }, file, { hasKubelogin }) => [
    {
      tool: "az",
      args: [
        ...["aks", "get-credentials", "--resource-group", region, "--name", name, ...subscriptionArgs(account)],
        ...["--file", file, "--overwrite-existing"],
      ],
    },
    // The file asks for a code in a browser, which nobody would see; the sign-in of az does as well.
    ...(hasKubelogin
      ? [{ tool: "kubelogin" as const, args: ["convert-kubeconfig", "--login", "azurecli", "--kubeconfig", file] }]
      : []),
  ],
};

const deletions: Record<CloudPlatform, (target: Target) => Step[]> = {
  eks: ({ name, region, account }) => [
    {
      tool: "eksctl",
      args: ["delete", "cluster", "--name", name, "--region", region, ...profileArgs(account), "--wait"],
    },
  ],
  gke: ({ name, region, account }) => [
    {
      tool: "gcloud",
      args: ["container", "clusters", "delete", name, "--location", region, ...projectArgs(account), "--quiet"],
    },
  ],
  // The group was made for the cluster, and goes with all that is in it.
  aks: ({ region, account }) => [
    { tool: "az", args: ["group", "delete", "--name", region, ...subscriptionArgs(account), "--yes"] },
  ],
};

/** The resource group of a cluster that is created here. */
export const groupFor = (name: string) => `flowdeck-${name}`;

type Creation = CreateAction & { region: string };

const creations: Record<CloudPlatform, (action: Creation, file: string, place: CloudPlace) => Recipe> = {
  eks(action, file, place) {
    const config = join(place.dataDir, "clusters", `eks-${action.region}-${action.name}.config.yaml`);
    return {
      ...common("eks", action, file),
      files: [{ path: config, text: eksctlConfig(action) }],
      steps: [
        {
          tool: "eksctl",
          args: ["create", "cluster", "--config-file", config, ...profileArgs(action.account), "--kubeconfig", file],
        },
      ],
      undo: deletions.eks(action),
      minutes: 20,
    };
  },
  gke(action, file, place) {
    const { name, region, account, nodes, diskGiB, kubernetes } = action;
    // The number of nodes is that of one zone, and a region has three.
    const isZone = /-[a-z]$/.test(region);
    const each = isZone ? nodes : Math.max(1, Math.ceil(nodes / 3));
    return {
      ...common("gke", { ...action, nodes: isZone ? nodes : each * 3 }, file),
      steps: [
        {
          tool: "gcloud",
          args: [
            ...["container", "clusters", "create", name, "--location", region, ...projectArgs(account)],
            ...["--num-nodes", String(each), "--machine-type", sizeOf("gke", action), "--disk-size", String(diskGiB)],
            ...(kubernetes === undefined ? [] : ["--cluster-version", kubernetes]),
            ...["--labels", "created-by=flowdeck", "--quiet"],
          ],
          env: { KUBECONFIG: file },
        },
        ...credentials.gke(action, file, place),
      ],
      undo: deletions.gke(action),
      minutes: 8,
    };
  },
  aks(action, file, place) {
    const { name, region: location, account, nodes, diskGiB, kubernetes } = action;
    const group = groupFor(name);
    return {
      ...common("aks", action, file),
      steps: [
        {
          tool: "az",
          args: [
            "group",
            "create",
            "--name",
            group,
            "--location",
            location,
            ...subscriptionArgs(account),
            "--output",
            "none",
          ],
        },
        {
          tool: "az",
          args: [
            ...["aks", "create", "--resource-group", group, "--name", name, ...subscriptionArgs(account)],
            ...[
              "--node-count",
              String(nodes),
              "--node-vm-size",
              sizeOf("aks", action),
              "--node-osdisk-size",
              String(Math.max(30, diskGiB)),
            ],
            ...(kubernetes === undefined ? [] : ["--kubernetes-version", kubernetes]),
            ...["--no-ssh-key", "--tags", "created-by=flowdeck", "--output", "none"],
          ],
        },
        ...credentials.aks({ name, region: group, account }, file, place),
      ],
      undo: deletions.aks({ name, region: group, account }),
      minutes: 10,
    };
  },
};

const costs = { eks: "platform.costEks", gke: "platform.costGke", aks: "platform.costAks" } as const;

function common(platform: CloudPlatform, action: CreateAction, kubeconfig: string) {
  const { name, nodes } = action;
  return {
    files: [],
    kubeconfig,
    about: message("platform.aboutCreate", { name, count: nodes, size: sizeOf(platform, action) }),
    cost: message(costs[platform], { count: nodes, size: sizeOf(platform, action) }),
    warnings: [],
  };
}

function sizeOf(platform: CloudPlatform, action: CreateAction): string {
  return action.instanceType ?? defaultSize(platform, action);
}

/**
 * https://schema.eksctl.io: with the EBS driver, without which no volume is made, and its permissions by pod identity.
 */
function eksctlConfig(action: Creation): string {
  const { name, region, nodes, diskGiB, kubernetes } = action;
  return stringify({
    apiVersion: "eksctl.io/v1alpha5",
    kind: "ClusterConfig",
    metadata: {
      name,
      region,
      ...(kubernetes === undefined ? {} : { version: kubernetes }),
      tags: { "created-by": "flowdeck" },
    },
    iam: { withOIDC: true },
    addonsConfig: { autoApplyPodIdentityAssociations: true },
    addons: [
      ...["vpc-cni", "coredns", "kube-proxy", "eks-pod-identity-agent"].map((addon) => ({ name: addon })),
      { name: "aws-ebs-csi-driver", configurationValues: '{"defaultStorageClass":{"enabled":true}}' },
    ],
    managedNodeGroups: [
      {
        name: "general",
        instanceType: sizeOf("eks", action),
        desiredCapacity: nodes,
        minSize: nodes,
        maxSize: nodes + 2,
        volumeSize: Math.max(30, diskGiB),
      },
    ],
  });
}
