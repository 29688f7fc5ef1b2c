import { join } from "node:path";
import { stringify } from "yaml";
import type { LocalPlatform, PlatformAction } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import { type CreateAction, kubeconfigPath, type Recipe, type Step } from "./recipe.ts";
import type { Runtime } from "./runtime.ts";

export interface LocalPlace {
  dataDir: string;
  runtime: Runtime;
  /** Names of the containers that are the cluster's nodes, where kind itself can't start or stop them. */
  nodesOf: (name: string) => Promise<string[]>;
}

/** What an action on a cluster of this computer does. */
export async function localRecipe(
  platform: LocalPlatform,
  action: Exclude<PlatformAction, { action: "sign-in" }>,
  place: LocalPlace,
): Promise<Recipe> {
  const { name } = action;
  const kubeconfig = kubeconfigPath(place.dataDir, { platform, name });
  const plain = { undo: [], files: [], warnings: [] };
  switch (action.action) {
    case "use":
      return {
        ...plain,
        steps: kubeconfigSteps(platform, name, kubeconfig, place.runtime),
        kubeconfig,
        about: message("platform.aboutUseLocal", { file: kubeconfig }),
        minutes: 1,
      };
    case "create":
      return create(platform, action, place, kubeconfig);
    case "start":
    case "stop":
      return {
        ...plain,
        steps: await turn(platform, action.action, name, place),
        about: message(action.action === "start" ? "platform.aboutStart" : "platform.aboutStop", { name }),
        minutes: action.action === "start" ? 2 : 1,
      };
    case "delete":
      return {
        ...plain,
        steps: deleteSteps(platform, name, kubeconfig, place.runtime),
        kubeconfig,
        about: message("platform.aboutDeleteLocal", { name }),
        minutes: 1,
      };
  }
}

function create(platform: LocalPlatform, action: CreateAction, place: LocalPlace, kubeconfig: string): Recipe {
  const { name, nodes, cpu, memoryGiB, diskGiB, kubernetes } = action;
  const env = envOf(platform, kubeconfig, place.runtime);
  const config = join(place.dataDir, "clusters", `kind-${name}.config.yaml`);
  const each = Math.max(2, Math.ceil(memoryGiB / nodes));
  const steps: Record<LocalPlatform, Step[]> = {
    kind: [
      {
        tool: "kind",
        args: [
          ...["create", "cluster", "--name", name, "--config", config, "--kubeconfig", kubeconfig, "--wait", "5m"],
          ...(kubernetes === undefined ? [] : ["--image", `kindest/node:v${withPatch(kubernetes)}`]),
        ],
        env,
      },
    ],
    k3d: [
      {
        tool: "k3d",
        args: [
          ...["cluster", "create", name, "--servers", "1", "--agents", String(nodes - 1)],
          ...["--servers-memory", `${each}g`, ...(nodes > 1 ? ["--agents-memory", `${each}g`] : [])],
          // Istio's gateway is Kubeflow's way in.
          ...["--k3s-arg", "--disable=traefik@server:0"],
          ...(kubernetes === undefined ? [] : ["--image", k3sImage(kubernetes)]),
          ...["--kubeconfig-update-default=false", "--kubeconfig-switch-context=false", "--wait", "--timeout", "10m"],
        ],
        env,
      },
      ...kubeconfigSteps("k3d", name, kubeconfig, place.runtime),
    ],
    minikube: [
      {
        tool: "minikube",
        args: [
          ...["start", "--profile", name, "--driver", place.runtime.name, "--nodes", String(nodes)],
          ...[
            "--cpus",
            String(Math.max(2, Math.ceil(cpu / nodes))),
            "--memory",
            `${each}g`,
            "--disk-size",
            `${diskGiB}g`,
          ],
          ...(kubernetes === undefined ? [] : ["--kubernetes-version", `v${withPatch(kubernetes)}`]),
        ],
        env,
      },
    ],
  };
  return {
    steps: steps[platform],
    undo: deleteSteps(platform, name, kubeconfig, place.runtime),
    files: platform === "kind" ? [{ path: config, text: kindConfig(nodes) }] : [],
    kubeconfig,
    about: message("platform.aboutCreateLocal", { name, count: nodes }),
    minutes: platform === "minikube" ? 6 : 4,
    warnings: warningsFor(action, place.runtime),
  };
}

function warningsFor({ cpu, memoryGiB }: CreateAction, runtime: Runtime): Message[] {
  const hasGiB = Math.floor(runtime.memoryBytes / 1024 ** 3);
  return [
    ...(hasGiB < memoryGiB
      ? [message("platform.littleMemory", { runtime: runtime.name, has: hasGiB, needs: memoryGiB })]
      : []),
    ...(runtime.cpu < cpu
      ? [message("platform.fewCpus", { runtime: runtime.name, has: runtime.cpu, needs: cpu })]
      : []),
  ];
}

/** https://kind.sigs.k8s.io/docs/user/configuration/ */
function kindConfig(nodes: number): string {
  const roles = ["control-plane", ...Array.from({ length: nodes - 1 }, () => "worker")];
  return stringify({ kind: "Cluster", apiVersion: "kind.x-k8s.io/v1alpha4", nodes: roles.map((role) => ({ role })) });
}

function withPatch(version: string): string {
  return /^\d+\.\d+$/.test(version) ? `${version}.0` : version;
}

/** A minor version is a channel of k3s, whose newest patch k3d looks up itself. */
function k3sImage(version: string): string {
  return /^\d+\.\d+$/.test(version) ? `+v${version}` : `rancher/k3s:v${version}-k3s1`;
}

function kubeconfigSteps(platform: LocalPlatform, name: string, file: string, runtime: Runtime): Step[] {
  const env = envOf(platform, file, runtime);
  switch (platform) {
    case "kind":
      return [{ tool: "kind", args: ["export", "kubeconfig", "--name", name, "--kubeconfig", file], env }];
    case "k3d":
      return [{ tool: "k3d", args: ["kubeconfig", "write", name, "--output", file, "--overwrite"], env }];
    case "minikube":
      return [{ tool: "minikube", args: ["update-context", "--profile", name], env }];
  }
}

async function turn(
  platform: LocalPlatform,
  action: "start" | "stop",
  name: string,
  place: LocalPlace,
): Promise<Step[]> {
  const kubeconfig = kubeconfigPath(place.dataDir, { platform, name });
  const env = envOf(platform, kubeconfig, place.runtime);
  switch (platform) {
    case "kind":
      return [{ tool: place.runtime.name, args: [action, ...(await place.nodesOf(name))] }];
    case "k3d":
      return [{ tool: "k3d", args: ["cluster", action, name], env }];
    case "minikube":
      return [{ tool: "minikube", args: [action, "--profile", name], env }];
  }
}

function deleteSteps(platform: LocalPlatform, name: string, kubeconfig: string, runtime: Runtime): Step[] {
  const env = envOf(platform, kubeconfig, runtime);
  switch (platform) {
    case "kind":
      return [{ tool: "kind", args: ["delete", "cluster", "--name", name, "--kubeconfig", kubeconfig], env }];
    case "k3d":
      return [{ tool: "k3d", args: ["cluster", "delete", name], env }];
    case "minikube":
      return [{ tool: "minikube", args: ["delete", "--profile", name], env }];
  }
}

/** minikube writes into KUBECONFIG; kind has to be told of Podman. */
function envOf(platform: LocalPlatform, kubeconfig: string, runtime: Runtime): Record<string, string> {
  if (platform === "minikube") return { KUBECONFIG: kubeconfig };
  return platform === "kind" && runtime.name === "podman" ? { KIND_EXPERIMENTAL_PROVIDER: "podman" } : {};
}
