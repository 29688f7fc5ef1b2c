import { z } from "zod";
import type { CloudCluster, NodePool } from "../../common/contract/index.ts";
import type { Asker, Question } from "./asker.ts";
import { describeClusters } from "./describe-clusters.ts";
import type { IsMade } from "./made.ts";
import type { View } from "./view.ts";

const account = z.object({
  id: z.string(),
  name: z.string(),
  isDefault: z.boolean().default(false),
  user: z.object({ name: z.string() }).optional(),
});
const clusterList = z.array(
  z.object({
    name: z.string(),
    location: z.string(),
    resourceGroup: z.string(),
    kubernetesVersion: z.string().nullish(),
    currentKubernetesVersion: z.string().nullish(),
    provisioningState: z.string().nullish(),
    powerState: z.object({ code: z.string().nullish() }).nullish(),
    agentPoolProfiles: z
      .array(
        z.object({
          name: z.string(),
          count: z.number().nullish(),
          minCount: z.number().nullish(),
          maxCount: z.number().nullish(),
          vmSize: z.string().nullish(),
          maxPods: z.number().nullish(),
        }),
      )
      .nullish(),
  }),
);
type AksCluster = z.infer<typeof clusterList>[number];
const skuList = z.array(
  z.object({
    name: z.string(),
    capabilities: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  }),
);
type Sku = z.infer<typeof skuList>[number];

/** Azure's lists of sizes take their time. */
const sizesMs = 120_000;

/** Who one is at Azure, and the AKS clusters of a subscription; one command lists those of all regions. */
export async function lookAtAks(asker: Asker, view: View, chosen: string | undefined, isMade: IsMade): Promise<void> {
  const platform = "aks";
  view.cloud({ platform });
  const az = (args: readonly string[], more: Partial<Question> = {}): Question => ({
    tool: "az",
    args: [...args, "--output", "json"],
    account: chosen,
    ...more,
  });
  const at = chosen === undefined ? [] : ["--subscription", chosen];
  const current = await asker.json(account, az(["account", "show", ...at]));
  view.cloud({
    platform,
    identity: { who: current.user?.name ?? "", account: current.id, accountName: current.name },
  });
  const [all, found] = await Promise.all([
    asker.json(z.array(account), az(["account", "list"])),
    asker.json(clusterList, az(["aks", "list", "--subscription", current.id])),
  ]);
  const clusters: CloudCluster[] = found.map((cluster) => ({
    platform,
    name: cluster.name,
    region: cluster.resourceGroup,
    location: cluster.location,
    version: cluster.currentKubernetesVersion ?? cluster.kubernetesVersion ?? "",
    status: cluster.powerState?.code === "Stopped" ? "Stopped" : (cluster.provisioningState ?? ""),
    made: isMade({ platform, name: cluster.name, region: cluster.resourceGroup }),
  }));
  const places = Map.groupBy(found, ({ location }) => location);
  view.cloud({
    platform,
    accounts: all.map(({ id, name }) => ({ id, name, current: id === current.id })),
    clusters: [...clusters],
    regions: [...places].map(([name, there]) => ({ name, state: "answered" as const, clusters: there.length })),
  });
  const sizes = new Map<string, Promise<Sku[]>>();
  await describeClusters({
    ...{ asker, found, clusters },
    placeOf: (cluster) => found.indexOf(cluster),
    describe: async (cluster) => ({ pools: await poolsOf(asker, az, cluster, current.id, sizes) }),
    show: () => view.cloud({ platform, clusters: [...clusters] }),
  });
  view.cloud({ platform, state: "ready" });
}

function poolsOf(
  asker: Asker,
  az: (args: readonly string[], more?: Partial<Question>) => Question,
  cluster: AksCluster,
  subscription: string,
  sizes: Map<string, Promise<Sku[]>>,
): Promise<NodePool[]> {
  const sizeOf = async (name: string) => {
    const key = `${cluster.location}/${name}`;
    const known =
      sizes.get(key) ??
      asker.json(
        skuList,
        az(
          [
            "vm",
            "list-skus",
            "--location",
            cluster.location,
            "--size",
            name,
            "--resource-type",
            "virtualMachines",
            "--all",
            "--subscription",
            subscription,
          ],
          { as: "az vm list-skus", timeoutMs: sizesMs },
        ),
      );
    sizes.set(key, known);
    return (await known).find((sku) => sku.name.toLowerCase() === name.toLowerCase());
  };
  return Promise.all(
    (cluster.agentPoolProfiles ?? []).map(async (pool): Promise<NodePool> => {
      const sku = pool.vmSize == null ? undefined : await sizeOf(pool.vmSize);
      const value = (name: string) => sku?.capabilities?.find((one) => one.name === name)?.value;
      return {
        name: pool.name,
        count: pool.count ?? 0,
        ...(pool.minCount == null ? {} : { min: pool.minCount }),
        ...(pool.maxCount == null ? {} : { max: pool.maxCount }),
        ...(pool.vmSize == null ? {} : { instanceType: pool.vmSize }),
        architecture: value("CpuArchitectureType") === "Arm64" ? "arm64" : "amd64",
        cpu: Number(value("vCPUs") ?? 0),
        memoryBytes: Number(value("MemoryGB") ?? 0) * 1024 ** 3,
        ...(pool.maxPods == null ? {} : { pods: pool.maxPods }),
        gpus: Number(value("GPUs") ?? 0),
      };
    }),
  );
}
