import type { ClusterClient } from "../../cluster/index.ts";
import type { InstallSettings, PlanSummary } from "../../contract/index.ts";
import type { Tools } from "../../tools/index.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { customise } from "../render/customise.ts";
import { prepare } from "../render/prepare.ts";
import type { InstallSecrets, Rendering } from "../types.ts";
import { readFacts } from "./cluster-facts.ts";
import { makePlan } from "./plan.ts";
import type { Plan } from "./plan-types.ts";
import { readCapacity, warningsFor } from "./preflight.ts";
import { summarise } from "./summary.ts";

export interface PipelineParts {
  catalogue: Catalogue;
  tools: Tools;
  dataDir: string;
  assetsDir: string;
  mirror?: string | undefined;
}

export interface RenderPlanInput {
  settings: InstallSettings;
  secrets: InstallSecrets;
  /** Value of the inventory label. */
  installation: string;
  kfDir: string;
  /** The context's id, for the summary. */
  context: string;
  client: ClusterClient;
  signal: AbortSignal;
  onProgress: (step: "sources" | "build" | "plan", fraction: number, message: string) => void;
}

export interface RenderedPlan {
  rendering: Rendering;
  plan: Plan;
  summary: PlanSummary;
}

/** Sources → build → settings put in → plan against this cluster. Changes nothing in it. */
export async function renderPlan(parts: PipelineParts, input: RenderPlanInput): Promise<RenderedPlan> {
  const { settings, client, signal, onProgress } = input;
  const release = await parts.catalogue.get(settings.release);
  // The cluster answers while the sources are built.
  const capacity = readCapacity(client, signal);
  capacity.catch(() => undefined);
  const prepared = await prepare({ settings, release, ...parts }, { signal, onProgress });
  signal.throwIfAborted();
  onProgress("plan", 0, "Putting the settings in");
  const rendering = customise(prepared, settings, input.secrets);
  onProgress("plan", 0.2, "Comparing with the cluster");
  const facts = await readFacts(client, rendering.components, signal);
  const titles = new Map(release.components.map(({ id, title }) => [id, title]));
  const plan = makePlan({
    installation: input.installation,
    components: rendering.components.map(({ id }) => ({ id, title: titles.get(id) ?? id })),
    rendered: rendering.components,
    facts,
  });
  onProgress("plan", 0.8, "Counting");
  const has = await capacity;
  const summary = summarise({
    plan,
    facts,
    release: release.id,
    context: input.context,
    kfDir: input.kfDir,
    nodes: has.nodes,
    warnings: warningsFor(plan, has, release.kubernetesMin),
  });
  onProgress("plan", 1, "The plan is ready");
  return { rendering, plan, summary };
}
