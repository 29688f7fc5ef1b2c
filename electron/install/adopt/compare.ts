import { createHash } from "node:crypto";
import type { Adoption, ObjectDrift } from "../../../common/contract/index.ts";
import { at, canonicalJson, list } from "../../../common/json/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { changesBetween, comparable } from "../../edit/index.ts";
import { isSecret } from "../../redaction/index.ts";
import { differencesOf, driftOf } from "../drift/drift-of.ts";
import { canBeOverlaid, overlayOf, renderedWith } from "../drift/keep.ts";
import { SecretValues } from "../drift/secret-values.ts";
import { redact } from "../installation-dir/redact.ts";
import { keyOf } from "../objects.ts";
import type { Overlay, OverlayChange } from "../overlay/overlay-file.ts";
import { componentLabel, fieldManager, installationLabel, type PlanNode } from "../plan/plan-types.ts";
import type { RenderedPlan } from "../plan/render-plan.ts";
import { isWorkload, podTemplateOf } from "../plan/workloads.ts";
import type { InstallSecrets } from "../types.ts";

export interface Compared {
  overlay: Overlay;
  differing: ObjectDrift[];
  leftOut: Adoption["leftOut"];
  /** Components of which something becomes part of the installation. */
  components: string[];
  objects: number;
  likeness: number;
  digest: string;
}

const atOnce = 16;
const nothingSecret = new SecretValues(undefined);

/**
 * Holds a rendered release against what is there. Each object either becomes part of the installation just as it is
 * (its differences go into an overlay, and the API server is asked in a dry run whether anything but our labels would
 * change), or it is left alone: what is not there, what has secret values, and what could not be taken without changing it.
 */
export async function compareWithCluster(
  client: Pick<ClusterClient, "apply">,
  { plan, facts }: Pick<RenderedPlan, "plan" | "facts">,
  secrets: InstallSecrets,
  signal: AbortSignal,
): Promise<Compared> {
  const found: Outcome[] = [];
  for (let first = 0; first < plan.nodes.length; first += atOnce) {
    const some = plan.nodes.slice(first, first + atOnce);
    found.push(
      ...(await Promise.all(some.map((node) => look(client, node, facts.existing.get(node.id), secrets, signal)))),
    );
  }
  const overlay: Overlay = new Map(found.flatMap(({ change }) => (change ? [[keyOf(change.object), change]] : [])));
  const taken = found.filter(({ why }) => why === undefined);
  const differing = taken.flatMap(({ drift }) => drift ?? []);
  const leftOut = found.flatMap(({ node: { ref }, why }) => (why === undefined ? [] : [{ object: ref, why }]));
  // Without what the release has: secret values in it are made anew each time.
  const said = found.map(({ node, why, change }) => [
    node.id,
    why ?? change?.fields.map(({ path, value }) => [path, value]),
  ]);
  return {
    ...{ overlay, differing, leftOut, objects: taken.length },
    components: [...new Set(taken.map(({ node }) => node.component))],
    likeness: likenessOf(found),
    digest: createHash("sha256").update(canonicalJson(said)).digest("hex").slice(0, 32),
  };
}

interface Outcome {
  node: PlanNode;
  live: KubeObject | undefined;
  change?: OverlayChange;
  drift?: ObjectDrift;
  why?: Adoption["leftOut"][number]["why"];
}

async function look(
  client: Pick<ClusterClient, "apply">,
  node: PlanNode,
  live: KubeObject | undefined,
  secrets: InstallSecrets,
  signal: AbortSignal,
): Promise<Outcome> {
  const { ref, component, object } = node;
  const leave = (why: NonNullable<Outcome["why"]>): Outcome => ({
    ...{ node, live, why },
    change: { component, object: ref, fields: [], leftOut: redact([object], secrets)[0] ?? {}, alone: true },
  });
  if (live === undefined) return leave("absent");
  // Another installation's objects are taken over by its own way.
  if (node.owner !== undefined) return leave("other");
  if (isSecret(ref) || canonicalJson(redact([object], secrets)[0]) !== canonicalJson(object)) return leave("secret");
  const rules = { since: undefined, secrets: nothingSecret, kept: new Map() };
  const drift = driftOf({ ref, component, applied: object, live }, rules);
  if (drift !== undefined && !canBeOverlaid(ref)) return leave("definition");
  try {
    const change = drift && overlayOf(drift, object, differencesOf({ applied: object, live }, rules), undefined);
    const mine = change === undefined ? object : renderedWith(object, change);
    if (mine === undefined || !(await isUnchanged(client, mine, live, signal))) return leave("changes");
    return { node, live, ...(change ? { change } : {}), ...(drift ? { drift } : {}) };
  } catch {
    signal.throwIfAborted();
    return leave("changes");
  }
}

/** Whether applying it, with our labels, would change nothing else. */
async function isUnchanged(
  client: Pick<ClusterClient, "apply">,
  object: KubeObject,
  live: KubeObject,
  signal: AbortSignal,
): Promise<boolean> {
  const labels = { ...object.metadata.labels, [installationLabel]: "planned", [componentLabel]: "planned" };
  const labelled = { ...object, metadata: { ...object.metadata, labels } };
  const stored = await client.apply(labelled, { fieldManager, forceOver: ["*"], dryRun: true, signal });
  const ours = [installationLabel, componentLabel].map((label) => `metadata.labels[${label}]`);
  return changesBetween(comparable(live), comparable(stored)).every(({ path }) => ours.includes(path));
}

/** The share of the workloads that are there and have just the release's images. */
function likenessOf(found: readonly Outcome[]): number {
  const workloads = found.filter(({ node, live }) => live !== undefined && isWorkload(node.ref));
  const same = workloads.filter(({ node, live }) => live && imagesOf(node.object) === imagesOf(live));
  const all = found.filter(({ node }) => isWorkload(node.ref)).length;
  return all === 0 ? 0 : same.length / all;
}

function imagesOf(workload: KubeObject): string {
  const spec = podTemplateOf(workload)?.spec;
  return canonicalJson(list(at(spec, "containers")).map((container) => at(container, "image")));
}
