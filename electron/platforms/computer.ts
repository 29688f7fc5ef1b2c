import { availableParallelism, totalmem } from "node:os";
import { z } from "zod";
import {
  FlowdeckError,
  type LocalCluster,
  type LocalPlatform,
  type PlatformTool,
  toAppError,
} from "../../common/contract/index.ts";
import type { Asker } from "./asker.ts";
import { readKernelLimits } from "./kernel-limits.ts";
import { containersOf } from "./kind-containers.ts";
import type { IsMade } from "./made.ts";
import type { Runtime } from "./runtime.ts";
import { missing } from "./toolbelt.ts";
import type { View } from "./view.ts";

const k3dList = z.array(
  z.object({
    name: z.string(),
    nodes: z.array(z.object({ role: z.string().default(""), image: z.string().default("") })).default([]),
    serversCount: z.number().default(0),
    serversRunning: z.number().default(0),
    agentsCount: z.number().default(0),
  }),
);
const minikubeList = z.object({
  valid: z
    .array(
      z.object({
        Name: z.string(),
        Status: z.string().default(""),
        Config: z
          .object({
            KubernetesConfig: z.object({ KubernetesVersion: z.string().default("") }).nullish(),
            Nodes: z.array(z.unknown()).nullish(),
          })
          .nullish(),
      }),
    )
    .nullish(),
});

const version = (text: string) => /v?(\d+\.\d+\.\d+)/.exec(text)?.[1];

/** The container runtime that answers, the kernel's limits, and the clusters that kind, k3d and minikube have here. */
export async function lookAtComputer(
  asker: Asker,
  view: View,
  tools: readonly PlatformTool[],
  isMade: IsMade,
  runtimeOf: () => Promise<Runtime>,
): Promise<void> {
  view.computer({ cpu: availableParallelism(), memoryBytes: totalmem() });
  view.computer({ limits: await readKernelLimits() });
  let runtime: Runtime;
  try {
    runtime = await runtimeOf();
    view.computer({ runtime });
  } catch (error) {
    asker.signal.throwIfAborted();
    view.computer({ runtimeProblem: toAppError(error), state: "ready" });
    return;
  }
  const there = (name: LocalPlatform) => tools.some((tool) => tool.name === name && tool.file !== undefined);
  const clusters: Record<LocalPlatform, LocalCluster[]> = { kind: [], k3d: [], minikube: [] };
  const look = async (platform: LocalPlatform, read: () => Promise<Omit<LocalCluster, "platform" | "made">[]>) => {
    if (!there(platform)) return;
    try {
      clusters[platform] = (await read()).map((one) => ({
        ...one,
        platform,
        made: isMade({ platform, name: one.name }),
      }));
      view.computer({ clusters: Object.values(clusters).flat() });
    } catch (error) {
      asker.signal.throwIfAborted();
      const problems = view.current.computer?.problems ?? [];
      view.computer({ problems: [...problems, { platform, problem: toAppError(error) }] });
    }
  };
  await Promise.all([
    look("kind", async () => {
      const names = (await asker.text({ tool: "kind", args: ["get", "clusters"] }))
        .split(/\r?\n/)
        .filter((line) => line !== "");
      const containers = names.length === 0 ? [] : await containersOf(asker, runtime.name);
      return names.map((name) => {
        const own = containers.filter((one) => one.cluster === name);
        const running = own.some((one) => one.running);
        const image = version(own[0]?.image.split(":").at(-1) ?? "");
        return {
          name,
          state: own.length === 0 ? "unknown" : running ? "running" : "stopped",
          ...(own.length === 0 ? {} : { nodes: own.length }),
          ...(image === undefined ? {} : { version: image }),
        };
      });
    }),
    look("k3d", async () =>
      (await asker.json(k3dList, { tool: "k3d", args: ["cluster", "list", "--output", "json"] })).map((one) => {
        const image = version(one.nodes.find(({ role }) => role === "server")?.image ?? "");
        return {
          name: one.name,
          state: one.serversRunning > 0 ? "running" : "stopped",
          nodes: one.serversCount + one.agentsCount,
          ...(image === undefined ? {} : { version: image }),
        };
      }),
    ),
    look("minikube", async () => {
      const { valid } = await asker.json(minikubeList, {
        tool: "minikube",
        args: ["profile", "list", "--output", "json"],
      });
      return (valid ?? []).map(({ Name, Status, Config }) => {
        const own = version(Config?.KubernetesConfig?.KubernetesVersion ?? "");
        return {
          name: Name,
          // `OK` since 1.36, `Running` before
          state: /^(OK|Running)$/.test(Status) ? "running" : /^Stopped$/.test(Status) ? "stopped" : "unknown",
          nodes: Config?.Nodes?.length ?? 1,
          ...(own === undefined ? {} : { version: own }),
        };
      });
    }),
  ]);
  view.computer({ state: "ready" });
}

/** Throws `tool-missing` where there is neither Docker nor Podman, or why the one that is there does not answer. */
export async function findRuntime(
  asker: Asker,
  has: (name: "docker" | "podman") => Promise<boolean>,
): Promise<Runtime> {
  let problem: unknown;
  for (const name of ["docker", "podman"] as const) {
    if (!(await has(name))) continue;
    try {
      return name === "docker" ? await askDocker(asker) : await askPodman(asker);
    } catch (error) {
      asker.signal.throwIfAborted();
      problem ??= error;
    }
  }
  throw problem instanceof FlowdeckError ? problem : missing("docker");
}

const infoMs = 10_000;

async function askDocker(asker: Asker): Promise<Runtime> {
  const info = z.object({ ServerVersion: z.string().min(1), NCPU: z.number(), MemTotal: z.number() });
  const { ServerVersion, NCPU, MemTotal } = await asker.json(info, {
    tool: "docker",
    args: ["info", "--format", "{{json .}}"],
    timeoutMs: infoMs,
  });
  return { name: "docker", version: ServerVersion, cpu: NCPU, memoryBytes: MemTotal };
}

async function askPodman(asker: Asker): Promise<Runtime> {
  const info = z.object({
    host: z.object({ cpus: z.number(), memTotal: z.number() }),
    version: z.object({ Version: z.string() }),
  });
  const { host, version: own } = await asker.json(info, {
    tool: "podman",
    args: ["info", "--format", "json"],
    timeoutMs: infoMs,
  });
  return { name: "podman", version: own.Version, cpu: host.cpus, memoryBytes: host.memTotal };
}
