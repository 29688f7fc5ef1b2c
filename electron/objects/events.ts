import type { EventView, ObjectLink } from "../../common/contract/index.ts";
import { at, number, text } from "../../common/json/index.ts";
import {
  atEvent,
  formatLabelSelector,
  groupKindOf,
  groupOf,
  isKind,
  isPodController,
} from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { type Look, linkTo, type Named } from "./live-query.ts";
import { podsOf } from "./workloads.ts";

export interface KubeEvent extends Omit<EventView, "about"> {
  about: Named;
  /** The part of the object that it is about, such as `spec.containers{web}`. */
  fieldPath: string | undefined;
}

const shownAtMost = 500;

export function readEvent(event: KubeObject): KubeEvent {
  const involved = atEvent(event, "involvedObject");
  const time = (...path: string[]) => Date.parse(text(at(event, ...path)) ?? "") || 0;
  const first = time("firstTimestamp") || time("eventTime") || time("metadata", "creationTimestamp");
  return {
    key: event.metadata.uid ?? event.metadata.name,
    warning: atEvent(event, "type") === "Warning",
    reason: text(atEvent(event, "reason")) ?? "",
    message: (text(atEvent(event, "message")) ?? "").trim(),
    count: number(atEvent(event, "series", "count")) ?? (number(atEvent(event, "count")) || 1),
    first,
    last: time("series", "lastObservedTime") || time("lastTimestamp") || first,
    source: text(atEvent(event, "source", "component")) || text(atEvent(event, "reportingComponent")) || "",
    about: {
      apiVersion: text(at(involved, "apiVersion")) ?? "",
      kind: text(at(involved, "kind")) ?? "",
      namespace: text(at(involved, "namespace")),
      name: text(at(involved, "name")) ?? "",
      uid: text(at(involved, "uid")),
    },
    fieldPath: text(at(involved, "fieldPath")),
  };
}

/** Events about this very object (not about one of the same name before it), newest first. */
export function eventsAbout(look: Look, object: KubeObject): KubeEvent[] {
  const { name, namespace } = object.metadata;
  const { objects } = look.list({
    apiVersion: "v1",
    kind: "Event",
    // Events about what has no namespace are kept in "default", or in that of who told them.
    namespace,
    fieldSelector: `involvedObject.name=${name},involvedObject.kind=${object.kind}`,
  });
  return objects
    .map(readEvent)
    .filter(({ about }) => isAbout(about, object))
    .toSorted(newestFirst);
}

/** Without a uid by its group; the kubelet knows a node by its name only, and gives that as its uid. */
function isAbout(about: Named, object: KubeObject): boolean {
  const { uid, name } = object.metadata;
  if (about.uid) return about.uid === uid || (about.uid === name && isKind(object, "/Node"));
  return about.apiVersion === "" || groupOf(about.apiVersion) === groupOf(object.apiVersion);
}

export function newestFirst(one: KubeEvent, other: KubeEvent): number {
  return other.last - one.last || other.first - one.first || one.key.localeCompare(other.key);
}

/** Events about an object and what it made (its ReplicaSets, pods, Jobs), newest first. */
export function eventsOf(look: Look, object: KubeObject): { events: EventView[]; more: number } {
  const own = eventsAbout(look, object);
  const made = madeBy(look, object);
  const ofMade = [...new Set(made.map(({ kind }) => kind))].flatMap((kind) => {
    const uids = new Set(made.filter((child) => child.kind === kind).map((child) => child.metadata.uid));
    const { objects } = look.list({
      apiVersion: "v1",
      kind: "Event",
      namespace: object.metadata.namespace,
      fieldSelector: `involvedObject.kind=${kind}`,
    });
    return objects.map(readEvent).filter(({ about }) => about.uid !== undefined && uids.has(about.uid));
  });
  const all = [
    ...own.map((event) => viewOf(event)),
    ...ofMade.map((event) => viewOf(event, linkTo(look, event.about))),
  ].toSorted((one, other) => other.last - one.last || one.key.localeCompare(other.key));
  return { events: all.slice(0, shownAtMost), more: Math.max(0, all.length - shownAtMost) };
}

function viewOf({ about: _a, fieldPath: _f, ...event }: KubeEvent, about?: ObjectLink): EventView {
  return about === undefined ? event : { ...event, about };
}

function madeBy(look: Look, object: KubeObject): KubeObject[] {
  const { namespace, uid } = object.metadata;
  const owned = (child: KubeObject, owners: ReadonlySet<string | undefined>) =>
    (child.metadata.ownerReferences ?? []).some((owner) => owners.has(owner.uid));
  switch (groupKindOf(object)) {
    case "apps/Deployment": {
      const labelSelector = formatLabelSelector(at(object, "spec", "selector"));
      const sets = look
        .list({ apiVersion: "apps/v1", kind: "ReplicaSet", namespace, labelSelector })
        .objects.filter((set) => owned(set, new Set([uid])));
      const setUids = new Set(sets.map((set) => set.metadata.uid));
      return [...sets, ...podsOf(look, object).filter((pod) => owned(pod, setUids))];
    }
    case "batch/CronJob":
      return look
        .list({ apiVersion: "batch/v1", kind: "Job", namespace, mode: "names" })
        .objects.filter((job) => owned(job, new Set([uid])));
    default:
      return isPodController(object) || isKind(object, "batch/Job")
        ? podsOf(look, object).filter((pod) => owned(pod, new Set([uid])))
        : [];
  }
}
