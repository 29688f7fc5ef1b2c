import { type Document, isMap, type Node, type YAMLMap } from "yaml";

/** Like the document's own, but for what stands in the way of a field: null, or a text where fields belong. */
export function setIn(document: Document, from: YAMLMap, path: readonly string[], value: Node): void {
  let here = from;
  for (const step of path.slice(0, -1)) {
    let next = here.get(step);
    if (!isMap(next)) {
      next = document.createNode({});
      here.set(step, next);
    }
    if (isMap(next)) {
      if (next.items.length === 0) next.flow = false;
      here = next;
    }
  }
  here.set(path.at(-1), value);
}
