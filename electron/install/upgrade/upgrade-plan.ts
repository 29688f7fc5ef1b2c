import type { UpgradeChange, UpgradeObject, UpgradePlan, UpgradeRemoval } from "../../../common/contract/index.ts";
import { text } from "../../../common/json/index.ts";
import { atDefinition } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import type { ClusterClient } from "../../cluster/index.ts";
import type { JournalState } from "../installation-dir/journal-entries.ts";
import { keyOf } from "../objects.ts";
import type { PlanNode } from "../plan/plan-types.ts";
import type { RenderedPlan } from "../plan/render-plan.ts";
import { isDefinition } from "../plan/waves.ts";
import { isWebhookConfiguration } from "../plan/webhooks.ts";
import { removalPhaseOf, removalPhases } from "../run/removal.ts";
import type { CatalogueRelease, InstallSecrets } from "../types.ts";
import { noLongerWanted, type Unwanted } from "./no-longer-wanted.ts";
import { stepOf, stepsOf } from "./release-steps.ts";
import { type TriedObject, tryObject } from "./tried-object.ts";
import type { ShownUpgrade } from "./upgrade-order.ts";

const fieldsShown = 60;
/** Asked at once; how many of them are sent at once says the connection's limiter. */
const atOnce = 32;

export interface UpgradeInput {
  client: ClusterClient;
  installation: string;
  release: CatalogueRelease;
  rendered: Pick<RenderedPlan, "plan" | "facts" | "hidden">;
  journal: JournalState;
  /** The release that is installed. */
  from: string;
  secrets: InstallSecrets;
  signal: AbortSignal;
  onProgress: (fraction: number) => void;
}

/** What changing an installation does to what is there, and all that it may delete. Changes nothing. */
export async function planUpgrade(input: UpgradeInput): Promise<{ plan: UpgradePlan; shown: ShownUpgrade }> {
  const { client, installation, release, rendered, journal, from, signal } = input;
  const { plan, facts } = rendered;
  const [tried, unwanted] = await Promise.all([
    tryAll(input),
    noLongerWanted({ client, installation, plan, facts, journal, signal }),
  ]);
  const created: UpgradeObject[] = [];
  const changed: UpgradeChange[] = [];
  const unchanged: UpgradeObject[] = [];
  for (const { id, ref: object, component } of plan.nodes) {
    const one = { key: id, object, component };
    const result = tried.get(id);
    if (result === undefined) created.push(one);
    else if (isUnchanged(result)) unchanged.push(one);
    else changed.push({ ...one, ...shortened(result) });
  }
  const steps = stepsOf(release, from);
  const there = unwanted.filter(({ uid, stays }) => uid !== "" || stays);
  const recreated = changed.filter(({ recreate }) => recreate !== undefined);
  const ofStep = (object: UpgradeObject["object"]) => stepOf(steps, object);
  return {
    plan: {
      ...{ from, to: release.id, created, changed, unchanged },
      removed: there.map((one) => removalOf(one, ofStep(one.object) !== -1)),
      steps: steps.map(({ title, because }, index) => ({
        ...{ title, because },
        recreates: recreated.filter(({ object }) => ofStep(object) === index).map(({ key }) => key),
        deletes: there.filter(({ object }) => ofStep(object) === index).map(({ object }) => keyOf(object)),
      })),
      titles: journal.titles,
    },
    shown: { from, deletions: deletionsOf(recreated, unwanted, plan.nodes, ofStep) },
  };
}

/** Definitions first: of the kinds that they change little can be tried before they are applied. */
async function tryAll(input: UpgradeInput): Promise<Map<string, TriedObject>> {
  const { client, secrets, rendered, signal, onProgress } = input;
  const { plan, facts, hidden } = rendered;
  const tried = new Map<string, TriedObject>();
  const there = plan.nodes.filter(({ id }) => facts.existing.has(id));
  const tryThese = async (nodes: readonly PlanNode[], redefined: ReadonlySet<string>) => {
    const queue = [...nodes];
    const work = async () => {
      for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
        const live = facts.existing.get(node.id);
        if (live === undefined) continue;
        const options = { client, secrets, hidden, redefined, signal };
        tried.set(node.id, await tryObject(node, { ...live, ...kindOf(node) }, options));
        onProgress(tried.size / there.length);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  };
  const definitions = there.filter(({ ref }) => isDefinition(ref));
  await tryThese(definitions, new Set());
  const changed = definitions.filter(({ id }) => !isUnchanged(tried.get(id) ?? { fields: [], others: [] }));
  await tryThese(
    there.filter(({ ref }) => !isDefinition(ref)),
    new Set(changed.map(definedBy)),
  );
  return tried;
}

function definedBy({ object }: PlanNode): string {
  return `${text(atDefinition(object, "spec", "group"))}/${text(atDefinition(object, "spec", "names", "kind"))}`;
}

function kindOf({ ref: { apiVersion, kind } }: PlanNode) {
  return { apiVersion, kind };
}

function isUnchanged({ fields, recreate, rejected, untried }: TriedObject): boolean {
  return fields.length === 0 && recreate === undefined && rejected === undefined && untried === undefined;
}

function shortened({ fields, ...rest }: TriedObject) {
  return { ...rest, fields: fields.slice(0, fieldsShown), more: Math.max(0, fields.length - fieldsShown) };
}

/** Webhooks go first: once nothing answers them they keep objects from being made. */
function isBefore(object: UpgradeObject["object"], inStep: boolean): boolean {
  return inStep || isWebhookConfiguration(object);
}

function removalOf({ object, component, stays, registered }: Unwanted, inStep: boolean): UpgradeRemoval {
  const because = registered
    ? message("upgrade.registered")
    : isWebhookConfiguration(object)
      ? message("upgrade.webhookFirst")
      : undefined;
  return {
    ...{ key: keyOf(object), object, component },
    when: isBefore(object, inStep) ? "before" : "after",
    ...(stays ? { stays: stays.because } : {}),
    ...(because ? { because } : {}),
  };
}

/**
 * All that may be deleted, in stages: webhooks, then the release's steps in their order, the rest at the end. In each the
 * objects go in the reverse order of their making.
 */
function deletionsOf(
  recreated: readonly UpgradeChange[],
  unwanted: readonly Unwanted[],
  nodes: readonly PlanNode[],
  ofStep: (object: UpgradeObject["object"]) => number,
): ShownUpgrade["deletions"] {
  const live = new Map(nodes.map(({ id, live: there }) => [id, there?.uid ?? ""]));
  const stageOf = (object: UpgradeObject["object"], recreate: boolean) => {
    if (isWebhookConfiguration(object)) return 0;
    const step = ofStep(object);
    const place = step !== -1 ? step : recreate ? last - 1 : last;
    return 1 + place * removalPhases.length + removalPhases.indexOf(removalPhaseOf(object));
  };
  const last = 1000;
  return [
    ...recreated.map(({ key, object }) => ({
      ...{ object, uid: live.get(key) ?? "", when: "before" as const, stage: stageOf(object, true) },
      ...{ recreate: true, registered: false, stays: false },
    })),
    ...unwanted
      .filter(({ stays }) => stays?.choosable !== false)
      .map(({ object, uid, stays, registered }) => ({
        ...{ object, uid, registered, recreate: false, stays: stays !== undefined, stage: stageOf(object, false) },
        when: isBefore(object, ofStep(object) !== -1) ? ("before" as const) : ("after" as const),
      })),
  ];
}
