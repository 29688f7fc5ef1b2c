import type { ObjectRef } from "../../../common/contract/index.ts";
import { text } from "../../../common/json/index.ts";
import { atDefinition, isKind } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { readLiveObjects } from "../drift/live-objects.ts";
import type { JournalState } from "../installation-dir/journal-entries.ts";
import { keyOfObject, refOf } from "../objects.ts";
import type { ClusterFacts, Plan } from "../plan/plan-types.ts";
import { isDefinition, isProfile } from "../plan/waves.ts";
import { isWebhookConfiguration, webhooksOf } from "../plan/webhooks.ts";
import { whyNotOurs } from "../run/ownership.ts";

/** An object of the installation's inventory that the plan does not have. */
export interface Unwanted {
  object: ObjectRef;
  component: string;
  /** Of what is there; empty where there is nothing any more. */
  uid: string;
  /** Why it stays; `choosable`: unless it is chosen. */
  stays?: { because: Message; choosable: boolean };
  /** A controller of the installation registered it by itself. */
  registered: boolean;
}

export interface InventoryInput {
  client: ClusterClient;
  installation: string;
  plan: Plan;
  facts: ClusterFacts;
  journal: JournalState;
  signal: AbortSignal;
}

/**
 * What Flowdeck itself applied and the plan no longer has, by group, kind, namespace and name: never by a label or a text
 * alone. Reads only.
 */
export async function noLongerWanted(input: InventoryInput): Promise<Unwanted[]> {
  const { client, installation, plan, journal, signal } = input;
  const planned = new Set(plan.nodes.map(({ id }) => id));
  const left = [...journal.objects].filter(([key, { foreign }]) => !foreign && !planned.has(key));
  const refs = left.map(([, { ref }]) => ref);
  const live = await readLiveObjects(client, refs, installation, signal);
  const unread = new Set(live.unread.map(({ kind }) => kind));
  const found: Unwanted[] = [];
  for (const [key, recorded] of left) {
    const { ref: object, component } = recorded;
    const there = live.objects.get(key);
    if (there === undefined && unread.has(object.kind)) {
      const because = message("upgrade.staysUnread");
      found.push({ object, component, uid: "", stays: { because, choosable: false }, registered: false });
      continue;
    }
    const uid = there?.metadata.uid ?? "";
    const notOurs = there && whyNotOurs(there, { installation, journaled: true, recorded });
    const stays = notOurs ? { because: notOurs, choosable: false } : there && (await whyItStays(client, there, signal));
    found.push({ object, component, uid, registered: false, ...(stays ? { stays } : {}) });
  }
  return [...found, ...registeredWebhooks(input, found)];
}

/** Deleting a definition deletes its objects, deleting a namespace all that is in it. */
async function whyItStays(
  client: ClusterClient,
  object: KubeObject,
  signal: AbortSignal,
): Promise<Unwanted["stays"] | undefined> {
  if (isDefinition(object)) {
    const count = await countObjects(client, object, signal);
    return { because: message("upgrade.staysDefinition", { count }), choosable: true };
  }
  if (isKind(object, "/Namespace")) return { because: message("upgrade.staysNamespace"), choosable: true };
  if (isProfile(object)) return { because: message("removal.profile"), choosable: true };
  if (isKind(object, "/PersistentVolumeClaim")) return { because: message("removal.data"), choosable: true };
  return undefined;
}

/** How many objects of the kind there are; of the definition only the metadata is known. */
async function countObjects(client: ClusterClient, { metadata }: KubeObject, signal: AbortSignal): Promise<number> {
  const definition = await client.get(
    { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", name: metadata.name },
    signal,
  );
  return (await objectsOfKind(client, definition, signal)).length;
}

/** All objects of the kind that a definition defines; none where it can't be listed. */
export async function objectsOfKind(
  client: ClusterClient,
  definition: KubeObject | undefined,
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const group = text(atDefinition(definition, "spec", "group"));
  const kind = text(atDefinition(definition, "spec", "names", "kind"));
  const resource = (await client.resources(signal)).find((one) => one.group === group && one.kind === kind);
  if (resource === undefined) return [];
  const apiVersion = `${resource.group}/${resource.version}`;
  const found = await client.list(apiVersion, resource.kind, { signal });
  return found.map((object) => ({ ...object, apiVersion, kind: resource.kind }));
}

/** What controllers registered for themselves and only Services answer that go: it would keep objects from being made. */
function registeredWebhooks({ plan, facts, journal }: InventoryInput, going: readonly Unwanted[]): Unwanted[] {
  const services = servicesAmong(going.filter(({ stays }) => stays === undefined).map(({ object }) => object));
  const known = new Set([...plan.nodes.map(({ id }) => id), ...journal.objects.keys(), ...(journal.before ?? [])]);
  return facts.webhookConfigurations
    .filter((one) => !known.has(keyOfObject(one)) && isAnsweredOnlyBy(one, services))
    .map((one) => ({ object: refOf(one), component: "", uid: one.metadata.uid ?? "", registered: true }));
}

export function servicesAmong(refs: readonly ObjectRef[]): Set<string> {
  return new Set(refs.filter((ref) => isKind(ref, "/Service")).map(({ namespace, name }) => `${namespace}/${name}`));
}

export function isAnsweredOnlyBy(configuration: KubeObject, services: ReadonlySet<string>): boolean {
  if (!isWebhookConfiguration(configuration)) return false;
  const called = webhooksOf(configuration).map(({ service }) => service && `${service.namespace}/${service.name}`);
  return called.length > 0 && called.every((service) => service !== undefined && services.has(service));
}
