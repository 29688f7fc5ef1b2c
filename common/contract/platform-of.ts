import type { ContextEntry } from "./cluster.ts";
import type { Platform } from "./settings.ts";

/**
 * The platform that a context's cluster runs on, by what each platform's tool writes into a kubeconfig; contacts nothing.
 * `existing` where nothing says so.
 */
export function platformOf(context: Pick<ContextEntry, "name" | "cluster" | "server" | "practice">): Platform {
  if (context.practice) return "practice";
  const host = hostOf(context.server);
  // https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html, also in China and with IPv6 (`api.aws`)
  if (/\.eks\.amazonaws\.com(\.cn)?$|\.api\.aws$/.test(host)) return "eks";
  if (/\.azmk8s\.(io|us|cn)$/.test(host)) return "aks";
  if (/\.gke\.goog$/.test(host)) return "gke";
  for (const name of [context.cluster, context.name]) {
    if (/^gke_[^_]+_[^_]+_[^_]+$/.test(name)) return "gke";
    if (/^arn:aws[\w-]*:eks:/.test(name) || name.endsWith(".eksctl.io")) return "eks";
    if (/^kind-./.test(name)) return "kind";
    if (/^k3d-./.test(name)) return "k3d";
  }
  return context.cluster === "minikube" || context.name === "minikube" ? "minikube" : "existing";
}

function hostOf(server: string): string {
  try {
    return new URL(server).hostname;
  } catch {
    return ""; // not an address; connecting says so
  }
}
