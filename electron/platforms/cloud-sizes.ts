import type { CloudPlatform } from "../../common/contract/index.ts";

/** General purpose machines with 4 GiB for each CPU, by their CPUs. */
const sizes: Record<CloudPlatform, Record<number, string>> = {
  eks: { 2: "m6i.large", 4: "m6i.xlarge", 8: "m6i.2xlarge", 16: "m6i.4xlarge", 32: "m6i.8xlarge" },
  gke: { 2: "e2-standard-2", 4: "e2-standard-4", 8: "e2-standard-8", 16: "e2-standard-16", 32: "e2-standard-32" },
  aks: {
    2: "Standard_D2s_v5",
    4: "Standard_D4s_v5",
    8: "Standard_D8s_v5",
    16: "Standard_D16s_v5",
    32: "Standard_D32s_v5",
  },
};

/** The smallest machine of which so many have the CPUs and the memory that are needed together. */
export function defaultSize(
  platform: CloudPlatform,
  { nodes, cpu, memoryGiB }: { nodes: number; cpu: number; memoryGiB: number },
): string {
  const least = Math.max(cpu / nodes, memoryGiB / nodes / 4);
  const entries = Object.entries(sizes[platform]).map(([cpus, name]) => ({ cpus: Number(cpus), name }));
  const fitting = entries.find(({ cpus }) => cpus >= least) ?? entries.at(-1);
  return fitting?.name ?? "";
}
