import type { OverviewWarning } from "../../common/contract/index.ts";
import { at, number, text } from "../../common/json/index.ts";
import { atEvent, groupOf } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";

/** What is told of a warning: of events of both kinds, old (`count`, `lastTimestamp`) and new (`series`, `eventTime`). */
export function readWarning(event: KubeObject): OverviewWarning {
  const { uid, name, namespace, creationTimestamp } = event.metadata;
  const about = event.involvedObject;
  const objectNamespace = text(at(about, "namespace"));
  const times = [
    atEvent(event, "series", "lastObservedTime"),
    event.lastTimestamp,
    event.eventTime,
    event.firstTimestamp,
    creationTimestamp,
  ];
  const seen = times.map((time) => Date.parse(text(time) ?? "")).find((time) => !Number.isNaN(time));
  return {
    uid: uid ?? `${namespace}/${name}`,
    reason: text(event.reason) ?? "",
    message: (text(event.message) ?? "").trim().slice(0, 500),
    count: number(atEvent(event, "series", "count")) ?? number(event.count) ?? 1,
    lastSeen: seen ?? 0,
    object: {
      group: groupOf(at(about, "apiVersion")),
      kind: text(at(about, "kind")) ?? "",
      ...(objectNamespace ? { namespace: objectNamespace } : {}),
      name: text(at(about, "name")) ?? "",
    },
  };
}

/** The newest of them, newest first. */
export function newestOf(all: Iterable<OverviewWarning>, count: number): OverviewWarning[] {
  return [...all].sort((a, b) => b.lastSeen - a.lastSeen || a.uid.localeCompare(b.uid)).slice(0, count);
}
