import type { ToolName } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";

/** What is known of a tool before it is looked for. */
export interface ToolFacts {
  /** Arguments that print its version; they contact nothing. */
  version: readonly string[];
  /** The version in what they print. */
  read: RegExp;
  /** Older ones lack what is used here. */
  atLeast?: readonly [number, number];
  /** One line that installs it: Homebrew's package, or the page that says how. */
  brew?: string;
  page: string;
}

const number = /v?(\d+\.\d+(?:\.\d+)?)/;

export const toolFacts: Record<ToolName, ToolFacts> = {
  docker: { version: ["--version"], read: number, atLeast: [20, 10], page: "docs.docker.com/engine/install" },
  podman: {
    version: ["--version"],
    read: number,
    atLeast: [4, 0],
    brew: "podman",
    page: "podman.io/docs/installation",
  },
  kind: {
    version: ["version", "-q"],
    read: number,
    atLeast: [0, 20],
    brew: "kind",
    page: "kind.sigs.k8s.io/docs/user/quick-start",
  },
  // `--image +v1.34`, a channel, came with 5.1
  k3d: { version: ["version"], read: number, atLeast: [5, 1], brew: "k3d", page: "k3d.io/stable/#installation" },
  minikube: {
    version: ["version", "--short"],
    read: number,
    atLeast: [1, 25],
    brew: "minikube",
    page: "minikube.sigs.k8s.io/docs/start",
  },
  // the first ones that write a credential plugin of client.authentication.k8s.io/v1beta1: 1.23.9 and 2.6.3
  aws: {
    version: ["--version"],
    read: /aws-cli\/(\d+\.\d+\.\d+)/,
    atLeast: [1, 24],
    brew: "awscli",
    page: "docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
  },
  eksctl: { version: ["version"], read: number, atLeast: [0, 180], brew: "eksctl", page: "eksctl.io/installation" },
  gcloud: {
    version: ["--version"],
    read: /Google Cloud SDK (\d+\.\d+\.\d+)/,
    atLeast: [400, 0],
    page: "cloud.google.com/sdk/docs/install",
  },
  "gke-gcloud-auth-plugin": {
    version: ["--version"],
    read: number,
    page: "cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl",
  },
  az: {
    version: ["version", "--output", "json"],
    read: /"azure-cli":\s*"(\d+\.\d+\.\d+)"/,
    atLeast: [2, 50],
    brew: "azure-cli",
    page: "learn.microsoft.com/cli/azure/install-azure-cli",
  },
  kubelogin: {
    version: ["--version"],
    read: number,
    brew: "Azure/kubelogin/kubelogin",
    page: "azure.github.io/kubelogin/install.html",
  },
};

/** How to install a tool on this computer. */
export function installAdvice(name: ToolName, platform: NodeJS.Platform = process.platform): Message {
  const { brew, page } = toolFacts[name];
  if (name === "gke-gcloud-auth-plugin")
    return message("platform.installWith", { command: "gcloud components install gke-gcloud-auth-plugin", page });
  if (brew !== undefined && platform === "darwin")
    return message("platform.installWith", { command: `brew install ${brew}`, page });
  return message("platform.installFrom", { page });
}

/** Whether a version such as `2.31.0` is too old for what is done with the tool. */
export function isTooOld(name: ToolName, version: string): boolean {
  const { atLeast } = toolFacts[name];
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (atLeast === undefined) return false;
  return major < atLeast[0] || (major === atLeast[0] && minor < atLeast[1]);
}
