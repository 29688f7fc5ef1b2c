import type { InstallSettings, PlanSummary } from "../../../common/contract/index.ts";
import type { ClusterClient } from "../../cluster/index.ts";
import type { Tools } from "../../tools/index.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { kfDefOf, kfDefTitle } from "../release/kfdef-settings.ts";
import { customise } from "../render/customise.ts";
import { prepare } from "../render/prepare.ts";
import type {
  CatalogueRelease,
  InstallSecrets,
  KfDefPipeline,
  PreparedKfDef,
  RenderedComponent,
  Rendering,
} from "../types.ts";
import { readFacts } from "./cluster-facts.ts";
import { fingerprintOf, type PlanFingerprint } from "./fingerprint.ts";
import { refuseOtherInstallation } from "./other-installation.ts";
import { makePlan } from "./plan.ts";
import { notServed } from "./plan-index.ts";
import type { KnownObject, Plan } from "./plan-types.ts";
import { readCapacity, warningsFor } from "./preflight.ts";
import { renderKfDef } from "./render-kfdef.ts";
import { summarise } from "./summary.ts";

export interface PipelineParts {
  catalogue: Catalogue;
  tools: Tools;
  dataDir: string;
  assetsDir: string;
  mirror?: string | undefined;
  kfdef?: KfDefPipeline | undefined;
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
  /** uid of kube-system. */
  cluster: string;
  signal: AbortSignal;
  onProgress: (step: "sources" | "build" | "plan", fraction: number, message: string) => void;
  /** Only to look at: KF_DIR stays as it is, and what this cluster can't take is told instead of refused. */
  planning: boolean;
  /** Take over objects of another installation. */
  adopt?: boolean;
  /** What the installation's journal says of objects, by key. */
  known?: ReadonlyMap<string, KnownObject> | undefined;
  /** Of a KfDef: values of its secrets, and who hears what kfctl would say. */
  values?: Readonly<Record<string, string>>;
  onMessage?: (message: string) => void;
}

export interface RenderedPlan {
  /** What the installation is called. */
  title: string;
  rendering: Rendering;
  plan: Plan;
  summary: Omit<PlanSummary, "id">;
  /** All of it that a person approves, as digests. */
  fingerprint: PlanFingerprint;
  /** Texts that no file may have. */
  hidden: readonly string[];
}

/**
 * Sources → build → settings put in → plan against this cluster. Changes nothing in it.
 * @throws FlowdeckError `cluster-in-use` where objects are another installation's and are not to be taken over.
 */
export async function renderPlan(parts: PipelineParts, input: RenderPlanInput): Promise<RenderedPlan> {
  const { settings, client, signal, onProgress } = input;
  const release = await parts.catalogue.get(settings.release);
  // The cluster answers while the sources are built.
  const capacity = readCapacity(client, signal);
  capacity.catch(() => undefined);
  const { components, kfdef } = await renderComponents(parts, input, release);
  onProgress("plan", 0.2, "Comparing with the cluster");
  const rendering: Rendering = { release, settings, components };
  const facts = await readFacts(client, components, signal);
  const plan = makePlan({
    installation: input.installation,
    components: components.map(({ id, title }) => ({ id, title })),
    rendered: components,
    facts,
    adopt: input.adopt ?? false,
    known: input.known,
    ...(kfdef ? { inOrder: true, namespace: kfdef.namespace, leaveOutUnserved: true } : {}),
  });
  if (!input.adopt) await refuseOtherInstallation(client, plan, signal);
  const unserved = plan.unserved.length > 0 ? notServed(plan.unserved, whatToDo(release, settings)) : undefined;
  if (unserved && !input.planning) throw unserved;
  onProgress("plan", 0.8, "Counting");
  const has = await capacity;
  const summary = summarise({
    plan,
    facts,
    release: release.id,
    context: input.context,
    kfDir: input.kfDir,
    nodes: has.nodes,
    warnings: [
      ...(unserved ? [unserved.toJSON()] : []),
      ...(kfdef?.warnings ?? []),
      ...warningsFor(plan, has, release.kubernetesMin),
    ],
    conversions: kfdef?.changes ?? [],
    goneImages: kfdef?.goneImages ?? [],
  });
  onProgress("plan", 1, "The plan is ready");
  const title = kfdef ? kfDefTitle(release.title, kfdef.version) : release.title;
  const hidden = kfdef?.hidden ?? [];
  const { secrets, cluster } = input;
  const fingerprint = fingerprintOf({ cluster, settings, rendering, plan, facts, secrets, hidden });
  return { title, rendering, plan, summary, fingerprint, hidden };
}

interface Rendered {
  components: (RenderedComponent & { title: string })[];
  kfdef?: PreparedKfDef;
}

async function renderComponents(
  parts: PipelineParts,
  input: RenderPlanInput,
  release: CatalogueRelease,
): Promise<Rendered> {
  const { settings, secrets, signal, onProgress } = input;
  const chosen = kfDefOf(release, settings);
  if (chosen !== undefined) {
    const { kfDir, planning, client, values = {}, onMessage = () => undefined } = input;
    const kfdef = await renderKfDef(parts.kfdef, {
      settings: { ...settings, kfdef: chosen },
      ...{ kfDir, planning, client, secrets, values, signal, onProgress, onMessage },
    });
    signal.throwIfAborted();
    return { components: kfdef.components, kfdef };
  }
  const prepared = await prepare({ settings, release, ...parts }, { signal, onProgress });
  signal.throwIfAborted();
  onProgress("plan", 0, "Putting the settings in");
  const titles = new Map(release.components.map(({ id, title }) => [id, title]));
  const { components } = customise(prepared, settings, secrets);
  return {
    components: components.map((component) => ({ ...component, title: titles.get(component.id) ?? component.id })),
  };
}

function whatToDo(release: CatalogueRelease, settings: InstallSettings): string {
  return kfDefOf(release, settings)?.modernise === false
    ? "Let the KfDef be made fit for this cluster (without --no-modernise), or choose an older cluster."
    : "Remove the application that has it from the KfDef, or choose another cluster.";
}
