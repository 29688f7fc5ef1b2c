import type { ContextId, InstallSettings, PlanSummary } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { ClusterClient } from "../../cluster/index.ts";
import { driverOf, type ReleaseDriver } from "../drivers/release-driver.ts";
import type { Catalogue } from "../release/catalogue.ts";
import type { InstallSecrets, Rendering } from "../types.ts";
import { readFacts } from "./cluster-facts.ts";
import { fingerprintOf, type PlanFingerprint } from "./fingerprint.ts";
import { refuseOtherInstallation } from "./other-installation.ts";
import { makePlan } from "./plan.ts";
import { notServed } from "./plan-index.ts";
import type { KnownObject, Plan } from "./plan-types.ts";
import { readCapacity, warningsFor } from "./preflight.ts";
import { summarise } from "./summary.ts";

export interface PipelineParts {
  catalogue: Catalogue;
  drivers: readonly ReleaseDriver[];
}

export interface RenderPlanInput {
  settings: InstallSettings;
  secrets: InstallSecrets;
  /** Value of the inventory label. */
  installation: string;
  kfDir: string;
  /** The context's id, for the summary. */
  context: ContextId;
  client: ClusterClient;
  /** uid of kube-system. */
  cluster: string;
  signal: AbortSignal;
  onProgress: (step: "sources" | "build" | "plan", fraction: number, said: Message) => void;
  /** Only to look at: KF_DIR stays as it is, and what this cluster can't take is told instead of refused. */
  planning: boolean;
  /** Take over objects of another installation. */
  adopt?: boolean;
  /** What the installation's journal says of objects, by key. */
  known?: ReadonlyMap<string, KnownObject> | undefined;
  /** Of a KfDef: values of its secrets, and who hears what kfctl would say. */
  values?: Readonly<Record<string, string>>;
  onMessage?: (said: Message) => void;
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
  const { client, signal, onProgress, planning, secrets } = input;
  const release = await parts.catalogue.get(input.settings.release);
  const driver = driverOf(parts.drivers, release);
  const settings = driver.settings(release, input.settings);
  // The cluster answers while the sources are built.
  const capacity = readCapacity(client, signal);
  capacity.catch(() => undefined);
  const { kfDir, values = {}, onMessage = () => undefined } = input;
  const given = {
    ...{ release, settings, secrets, kfDir, client },
    ...{ planning, values, signal, onProgress, onMessage },
  };
  const rendered = await driver.render(given);
  const { title, components, hidden, unservedAdvice, namespace } = rendered;
  onProgress("plan", 0.2, message("progress.comparing"));
  const rendering: Rendering = { release, settings, components };
  const facts = await readFacts(client, components, signal);
  const plan = makePlan({
    installation: input.installation,
    components: components.map(({ id, title }) => ({ id, title })),
    rendered: components,
    facts,
    adopt: input.adopt ?? false,
    known: input.known,
    inOrder: rendered.inOrder,
    leaveOutUnserved: unservedAdvice !== undefined,
    ...(namespace === undefined ? {} : { namespace }),
  });
  if (!input.adopt) await refuseOtherInstallation(client, plan, signal);
  const unserved = plan.unserved.length > 0 && unservedAdvice ? notServed(plan.unserved, unservedAdvice) : undefined;
  if (unserved && !planning) throw unserved;
  onProgress("plan", 0.8, message("progress.counting"));
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
      ...rendered.warnings,
      ...warningsFor(plan, has, release.kubernetesMin),
    ],
    conversions: rendered.conversions,
    goneImages: rendered.goneImages,
  });
  onProgress("plan", 1, message("progress.planReady"));
  const { cluster } = input;
  const fingerprint = fingerprintOf({ cluster, settings, rendering, plan, facts, secrets, hidden });
  return { title, rendering, plan, summary, fingerprint, hidden };
}
