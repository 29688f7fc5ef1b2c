import { z } from "zod";
import { type CloudCluster, FlowdeckError, type NodePool } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { Asker, Question } from "./asker.ts";
import { describeClusters } from "./describe-clusters.ts";
import type { IsMade } from "./made.ts";
import type { View } from "./view.ts";

const accountList = z.array(z.object({ account: z.string(), status: z.string().default("") }));
const config = z.object({
  core: z.object({ account: z.string().optional(), project: z.string().optional() }).default({}),
});
const projectList = z.array(z.object({ projectId: z.string(), name: z.string().optional() }));
const clusterList = z.array(
  z.object({
    name: z.string(),
    location: z.string(),
    status: z.string().default(""),
    currentMasterVersion: z.string().default(""),
    nodePools: z
      .array(
        z.object({
          name: z.string(),
          initialNodeCount: z.number().default(0),
          locations: z.array(z.string()).default([]),
          config: z
            .object({
              machineType: z.string().optional(),
              accelerators: z.array(z.object({ acceleratorCount: z.coerce.number().default(1) })).default([]),
            })
            .default({ accelerators: [] }),
          autoscaling: z
            .object({
              enabled: z.boolean().default(false),
              minNodeCount: z.number().default(0),
              maxNodeCount: z.number().default(0),
            })
            .optional(),
          maxPodsConstraint: z.object({ maxPodsPerNode: z.coerce.number() }).optional(),
        }),
      )
      .default([]),
  }),
);
type GkeCluster = z.infer<typeof clusterList>[number];
const machineType = z.object({
  guestCpus: z.number(),
  memoryMb: z.number(),
  architecture: z.string().default("X86_64"),
  accelerators: z.array(z.object({ guestAcceleratorCount: z.number().default(1) })).default([]),
});
type MachineType = z.infer<typeof machineType>;

/** Who one is at Google Cloud, and the GKE clusters of a project; one command lists those of all regions. */
export async function lookAtGke(asker: Asker, view: View, chosen: string | undefined, isMade: IsMade): Promise<void> {
  const platform = "gke";
  view.cloud({ platform });
  const gcloud = (args: readonly string[], more: Partial<Question> = {}): Question => ({
    tool: "gcloud",
    args: [...args, "--format=json"],
    account: chosen,
    ...more,
  });
  const accounts = await asker.json(accountList, gcloud(["auth", "list"]));
  const { core } = await asker.json(config, gcloud(["config", "list"]));
  // A token or a service account that the environment names is in no list.
  const who = accounts.find(({ status }) => status === "ACTIVE")?.account ?? core.account;
  if (who === undefined)
    throw new FlowdeckError("credentials-rejected", message("platform.signedOut", { tool: "gcloud" }), {
      advice: message("platform.runThis", { command: "gcloud auth login" }),
    });
  const project = chosen ?? core.project;
  if (project === undefined)
    throw new FlowdeckError("tool-failed", message("platform.noProject"), {
      advice: message("platform.runThis", { command: "gcloud config set project PROJECT_ID" }),
    });
  view.cloud({
    platform,
    identity: { who, account: project },
    accounts: [{ id: project, name: project, current: true }],
  });
  // Listing projects needs a permission of its own: without it, there is the one that is used.
  const projects = asker
    .json(projectList, gcloud(["projects", "list", "--limit=200"]))
    .then((list) => {
      const all = list.map(({ projectId, name }) => ({
        id: projectId,
        name: name ?? projectId,
        current: projectId === project,
      }));
      if (all.some(({ current }) => current)) view.cloud({ platform, accounts: all });
    })
    .catch(() => undefined); // whoever stopped looking is told by what follows
  const found = await asker.json(clusterList, gcloud(["container", "clusters", "list", "--project", project]));
  const clusters: CloudCluster[] = found.map(({ name, location, status, currentMasterVersion }) => ({
    platform,
    name,
    region: location,
    version: currentMasterVersion.replace(/-gke.*$/, ""),
    status,
    made: isMade({ platform, name, region: location }),
  }));
  const places = Map.groupBy(found, ({ location }) => location);
  view.cloud({
    platform,
    clusters: [...clusters],
    regions: [...places].map(([name, there]) => ({ name, state: "answered" as const, clusters: there.length })),
  });
  const types = new Map<string, Promise<MachineType>>();
  await describeClusters({
    ...{ asker, found, clusters },
    placeOf: (cluster) => found.indexOf(cluster),
    describe: async (cluster) => ({ pools: await poolsOf(asker, gcloud, cluster, project, types) }),
    show: () => view.cloud({ platform, clusters: [...clusters] }),
  });
  await projects;
  view.cloud({ platform, state: "ready" });
}

function poolsOf(
  asker: Asker,
  gcloud: (args: readonly string[], more?: Partial<Question>) => Question,
  cluster: GkeCluster,
  project: string,
  types: Map<string, Promise<MachineType>>,
): Promise<NodePool[]> {
  const typeOf = (name: string, zone: string) => {
    const known =
      types.get(name) ??
      asker.json(
        machineType,
        gcloud(["compute", "machine-types", "describe", name, "--zone", zone, "--project", project], {
          as: "gcloud compute machine-types describe",
        }),
      );
    types.set(name, known);
    return known;
  };
  return Promise.all(
    cluster.nodePools.map(async (pool): Promise<NodePool> => {
      const { machineType: name, accelerators } = pool.config;
      const zone = pool.locations[0] ?? cluster.location;
      const type = name === undefined ? undefined : await typeOf(name, zone);
      // Counts are those of one zone.
      const zones = Math.max(1, pool.locations.length);
      const attached = accelerators.reduce((sum, { acceleratorCount }) => sum + acceleratorCount, 0);
      const builtIn = (type?.accelerators ?? []).reduce((sum, one) => sum + one.guestAcceleratorCount, 0);
      const { autoscaling } = pool;
      return {
        name: pool.name,
        count: pool.initialNodeCount * zones,
        ...(autoscaling?.enabled
          ? { min: autoscaling.minNodeCount * zones, max: autoscaling.maxNodeCount * zones }
          : {}),
        ...(name === undefined ? {} : { instanceType: name }),
        architecture: type?.architecture === "ARM64" ? "arm64" : "amd64",
        cpu: type?.guestCpus ?? 0,
        memoryBytes: (type?.memoryMb ?? 0) * 1024 ** 2,
        pods: pool.maxPodsConstraint?.maxPodsPerNode ?? 110,
        gpus: attached || builtIn,
      };
    }),
  );
}
