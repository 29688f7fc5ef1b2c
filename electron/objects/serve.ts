import type { objectsContract } from "../../common/contract/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { Served } from "../host/index.ts";
import { LiveLists } from "./live-list.ts";
import { derive } from "./live-query.ts";
import { descriptionOf, eventsView, insightOf } from "./object-summary.ts";
import { relatedTo } from "./related.ts";
import { watchObject } from "./watch-object.ts";

export function serveObjects({
  connections,
}: {
  connections: ClusterConnections;
}): Required<Served<typeof objectsContract>> {
  const lists = new LiveLists(connections);
  return {
    methods: {
      "object.watch": (target, signal) => watchObject(lists, target, signal),
      "object.insight": (target, signal) =>
        derive(lists, { context: target.context, everyMs: 250, tickMs: 15_000, signal }, (look) =>
          insightOf(look, target),
        ),
      "object.events": (target, signal) =>
        derive(lists, { context: target.context, everyMs: 250, signal }, (look) => eventsView(look, target)),
      "object.related": (target, signal) =>
        derive(lists, { context: target.context, everyMs: 500, signal }, (look) => relatedTo(look, target)),
      "object.describe": (target, signal) =>
        derive(lists, { context: target.context, everyMs: 500, tickMs: 10_000, signal }, (look) =>
          descriptionOf(look, target),
        ),
    },
    close: () => lists.close(),
  };
}
