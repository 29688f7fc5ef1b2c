import type { KindSchema, SchemaNode } from "../../../common/contract/index.ts";
import { innermost } from "../../ui/yaml/schema.ts";

const mostLooked = 20_000;
const mostShown = 50;

/**
 * Paths of fields whose name has `text` in it (or whose path does, when it has a dot), those nearest to the top first.
 * A definition is not entered again inside itself.
 */
export function searchFields(schema: KindSchema, text: string): { paths: string[][]; total: number } {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return { paths: [], total: 0 };
  const paths: string[][] = [];
  let total = 0;
  let looked = 0;
  let level: { node: SchemaNode; path: string[]; inside: readonly string[] }[] = [
    { node: schema.root, path: [], inside: [] },
  ];
  while (level.length > 0 && looked < mostLooked) {
    const next: typeof level = [];
    for (const { node, path, inside } of level) {
      const around = innermost(schema, node);
      const { ref } = around;
      if (ref !== undefined && inside.includes(ref)) continue;
      for (const [name, field] of Object.entries(around.fields ?? {})) {
        if (++looked >= mostLooked) break;
        const here = [...path, name];
        const subject = wanted.includes(".") ? here.join(".") : name;
        if (subject.toLowerCase().includes(wanted)) {
          total++;
          if (paths.length < mostShown) paths.push(here);
        }
        next.push({ node: field, path: here, inside: ref === undefined ? inside : [...inside, ref] });
      }
    }
    level = next;
  }
  return { paths, total };
}
