import { pluginProblems } from "../plugins/index.ts";
import type { Nodes, Spot } from "./nodes.ts";
import type { Read } from "./read-kfdef.ts";

/** What the plugins say about their specs, with the places in the file. */
export function checkPlugins({ kfdef, spots }: Read, nodes: Nodes): void {
  kfdef.spec.plugins.forEach((plugin, index) => {
    const at = spots.plugins[index];
    if (at === undefined) return;
    for (const { level, said, path } of pluginProblems(plugin, kfdef)) {
      const spot = follow(nodes, at.spec, path);
      nodes.issues[level](said, [at.spec.path, ...path].join("."), spot.offset);
    }
  });
}

/** The spot at a path of fields, or the last one on the way that is there. */
function follow(nodes: Nodes, from: Spot, path: readonly string[]): Spot {
  let here = from;
  for (const step of path) {
    if (!nodes.isFields(here)) return here;
    const next = nodes.fields(here).get(step);
    if (next === undefined) return here;
    here = next;
  }
  return here;
}
