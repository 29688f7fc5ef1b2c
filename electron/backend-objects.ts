import type { objectsContract } from "../common/contract/index.ts";
import type { BrowserDeps, Part } from "./backend-parts.ts";
import { derive, descriptionOf, eventsView, insightOf, LiveLists, relatedTo, watchObject } from "./objects/index.ts";

export function objectsPart({ connections }: Pick<BrowserDeps, "connections">): Part<typeof objectsContract> {
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
