import type {
  AppError,
  CloudFile,
  GoneImage,
  ImageChange,
  KfDefChange,
  PlanAdjustment,
  PlanSummary,
  PlatformChanges,
  Resources,
} from "../../../common/contract/index.ts";
import type { ClusterFacts, Plan, PlanNode, WaveId } from "./plan-types.ts";
import { waveIds } from "./plan-types.ts";
import { isDefinition, waveWords } from "./waves.ts";
import { isWebhookConfiguration } from "./webhooks.ts";
import { addResources, imagesOf, isWorkload, noResources, podTemplateOf, resourcesOf } from "./workloads.ts";

export interface SummaryInput {
  plan: Plan;
  facts: ClusterFacts;
  release: string;
  /** Nodes that a DaemonSet runs on. */
  nodes: number;
  warnings: readonly AppError[];
  platform?: PlatformChanges;
  /** Of a KfDef; see {@link PlanSummary}. */
  conversions?: readonly KfDefChange[];
  goneImages?: readonly GoneImage[];
  imageChanges?: readonly ImageChange[];
  adjustments?: readonly PlanAdjustment[];
  cloudFiles?: readonly CloudFile[] | undefined;
}

/** What the plan would do, as shown before anything is applied. Pure. */
export function summarise(input: SummaryInput): Omit<PlanSummary, "id" | "context" | "kfDir"> {
  const { plan, facts, nodes } = input;
  const images = imagesIn(plan.nodes);
  const sum = resourcesIn(plan.nodes, nodes);
  const foreign = plan.nodes.filter((node) => node.foreign);
  return {
    release: input.release,
    components: plan.components.map(({ id, title }) => {
      const own = plan.nodes.filter((node) => node.component === id);
      return {
        id,
        title,
        objects: own.length,
        customResourceDefinitions: own.filter((node) => isDefinition(node.ref)).length,
        webhooks: own.filter((node) => isWebhookConfiguration(node.ref)).length,
        workloads: own.filter((node) => isWorkload(node.ref)).length,
        resources: resourcesIn(own, nodes),
        kinds: countKinds(own),
        images: imagesIn(own),
      };
    }),
    waves: wavesOf(plan),
    totals: {
      ...sum,
      objects: plan.nodes.length,
      images: images.length,
      customResourceDefinitions: plan.nodes.filter((node) => isDefinition(node.ref)).length,
    },
    images,
    changes: {
      create: plan.nodes.length - facts.existing.size,
      update: facts.existing.size,
      foreign: foreign.map((node) => node.ref),
    },
    warnings: [...input.warnings],
    ...(input.platform === undefined ? {} : { platform: input.platform }),
    conversions: [...(input.conversions ?? [])],
    goneImages: [...(input.goneImages ?? [])],
    imageChanges: [...(input.imageChanges ?? [])],
    adjustments: [...(input.adjustments ?? [])],
    cloudFiles: [...(input.cloudFiles ?? [])],
  };
}

function wavesOf(plan: Plan): PlanSummary["waves"] {
  const counts = new Map<WaveId, number>();
  for (const node of plan.nodes) counts.set(node.wave, (counts.get(node.wave) ?? 0) + 1);
  return waveIds
    .filter((id) => id === "verification" || counts.has(id))
    .map((id) => {
      const { title, gate } = waveWords[id];
      return { id, title, ...(gate ? { gate } : {}), objects: counts.get(id) ?? 0 };
    });
}

function resourcesIn(nodes: readonly PlanNode[], clusterNodes: number): Resources {
  return nodes.reduce((sum, node) => addResources(sum, resourcesOf(node.object, clusterNodes)), noResources);
}

function imagesIn(nodes: readonly PlanNode[]): string[] {
  return [...new Set(nodes.flatMap((node) => imagesOf(podTemplateOf(node.object)?.spec)))].sort();
}

function countKinds(nodes: readonly PlanNode[]): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const { ref } of nodes) kinds[ref.kind] = (kinds[ref.kind] ?? 0) + 1;
  return kinds;
}
