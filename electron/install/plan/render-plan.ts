import {
  type AppError,
  FlowdeckError,
  type ImageChange,
  type PlatformChanges,
} from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { DrivenRelease } from "../drivers/driven-release.ts";
import type { DriverInput, Rendered } from "../drivers/release-driver.ts";
import { overlaid } from "../overlay/overlaid.ts";
import { readOverlay } from "../overlay/overlay-file.ts";
import { prefixImages } from "../render/image-prefix.ts";
import { protectWebhooks } from "../render/platform.ts";
import { withPullSecret } from "../render/pull-secret.ts";
import { readFacts } from "./cluster-facts.ts";
import { readClusterPlatform } from "./cluster-platform.ts";
import { fingerprintOf, type PlanFingerprint } from "./fingerprint.ts";
import { refuseLeftClaims } from "./left-claims.ts";
import { refuseUnusablePorts } from "./node-ports.ts";
import { refuseOtherInstallation } from "./other-installation.ts";
import { makePlan } from "./plan.ts";
import { notServed } from "./plan-index.ts";
import type { ClusterFacts, KnownObject, Plan } from "./plan-types.ts";

export interface RenderPlanInput extends Omit<DriverInput, "release" | "settings" | "platform"> {
  /** Value of the inventory label. */
  installation: string;
  /** uid of kube-system. */
  cluster: string;
  /** Take over objects of another installation. */
  adopt: boolean;
  /** Take over what something else installed. Never on the word of a folder alone: that may come from anybody. */
  takeOver?: boolean | undefined;
  /** Whether the installation had its secrets before, so that what it made has their passwords. */
  haveSecrets: boolean;
  /** What the installation's journal says of objects, by key. */
  known?: ReadonlyMap<string, KnownObject> | undefined;
}

export interface RenderedPlan extends Omit<Rendered, "unservedAdvice" | "platformChanges"> {
  facts: ClusterFacts;
  plan: Plan;
  /** All of it that a person approves, as digests. */
  fingerprint: PlanFingerprint;
  /** What of it this cluster can't take; only when planning, otherwise it is thrown. */
  unserved: FlowdeckError | undefined;
  /** Where the cluster runs, and what is different because of it. */
  platform: PlatformChanges;
  /** What the settings' prefix does to images. */
  imageChanges: ImageChange[];
}

/**
 * Objects with settings put in, and the plan for them against this cluster. Changes nothing in it.
 * @throws FlowdeckError `cluster-in-use` where objects are another installation's and are not to be taken over, `conflict`
 * where a Service of others has a port of the nodes that the plan needs.
 */
export async function renderPlan(
  { release, driver, settings }: DrivenRelease,
  input: RenderPlanInput,
): Promise<RenderedPlan> {
  const { client, cluster, secrets, signal, planning, adopt } = input;
  const platform = await readClusterPlatform(client, settings.platform, signal);
  const { unservedAdvice, platformChanges, ...driven } = await driver.render({ ...input, release, settings, platform });
  const webhooks = protectWebhooks(driven.components, platform);
  const images = prefixImages(webhooks.components, settings);
  const pull = { name: settings.pullSecret, config: secrets.pullSecret, namespace: driven.namespace };
  const secured = withPullSecret(images.components, pull);
  const mine = overlaid(secured, await readOverlay(input.kfDir));
  const adjustments = [...driven.adjustments, ...mine.adjustments];
  const rendered = { ...driven, adjustments, components: mine.components };
  const { components, hidden, namespace } = rendered;
  input.onProgress("plan", 0.2, message("progress.comparing"));
  const facts = await readFacts(client, components, signal);
  const plan = makePlan({
    installation: input.installation,
    components: components.map(({ id, title }) => ({ id, title })),
    rendered: components,
    facts,
    adopt,
    takeOver: input.takeOver ?? false,
    known: input.known,
    inOrder: rendered.inOrder,
    leaveOutUnserved: unservedAdvice !== undefined,
    ...(namespace === undefined ? {} : { namespace }),
  });
  if (!adopt) await refuseOtherInstallation(client, plan, signal);
  const applied = plan.nodes.map(({ object }) => object);
  await refuseUnusablePorts(client, applied, { chosen: settings.access?.nodePort, signal });
  if (release.shape === "kubeflow" && !settings.adopted)
    refuseLeftClaims({ plan, settings, secrets, haveSecrets: input.haveSecrets });
  const unserved = plan.unserved.length > 0 && unservedAdvice ? notServed(plan.unserved, unservedAdvice) : undefined;
  if (unserved && !planning) throw unserved;
  const rendering = { release, settings, components };
  const fingerprint = fingerprintOf({ cluster, settings, rendering, plan, facts, secrets, hidden });
  const changes = [...platformChanges, ...webhooks.changes];
  return {
    ...{ ...rendered, facts, plan, fingerprint, unserved, platform: { id: platform.id, changes } },
    warnings: [...driven.warnings, ...withoutCredentials(settings.pullSecret, secrets.pullSecret)],
    imageChanges: images.changes,
  };
}

/** Pods wait for a Secret that nobody may be going to write. */
function withoutCredentials(name: string | undefined, config: string | undefined): AppError[] {
  if (name === undefined || config !== undefined) return [];
  const advice = message("registry.pullSecretEmptyWay");
  return [new FlowdeckError("not-found", message("registry.pullSecretEmpty", { name }), { advice }).toJSON()];
}
