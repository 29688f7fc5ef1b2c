import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** A file of the project and the files it imports, types included; paths from the project's root. */
export type Imports = ReadonlyMap<string, readonly string[]>;

const importing = /(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g;

/** Reads the imports of everything that ships: common, electron and renderer. */
export function readImports(): Imports {
  const listed = execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", "common", "electron", "renderer"],
    { cwd: root, encoding: "utf8" },
  );
  const files = listed.split("\n").filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".d.ts"));
  const known = new Set(files);
  return new Map(
    files.flatMap((file) => {
      let text: string;
      try {
        text = readFileSync(join(root, file), "utf8");
      } catch {
        return []; // removed, and not yet committed
      }
      const targets = [...text.matchAll(importing)].map(([, path = ""]) =>
        normalize(join(dirname(file), path)).replaceAll("\\", "/"),
      );
      return [[file, targets.filter((target) => known.has(target))] as const];
    }),
  );
}

/** The part of the house a file stands in: `common/kube`, `electron/tables`, `renderer/features/browse`; a file at a half's top is itself a part. */
export function partOf(file: string): string {
  const [half = "", folder = "", place = ""] = file.split("/");
  if (!file.slice(half.length + 1).includes("/"))
    return half === "renderer" ? "renderer" : half === "electron" ? "electron" : half;
  if (half === "renderer" && folder === "features") return `renderer/features/${place}`;
  return `${half}/${folder}`;
}

/** Which parts import which others. */
export function arrows(imports: Imports): Map<string, Set<string>> {
  const out = new Map<string, Set<string>>();
  for (const [file, targets] of imports) {
    const from = partOf(file);
    const to = out.get(from) ?? new Set<string>();
    out.set(from, to);
    for (const target of targets) if (partOf(target) !== from) to.add(partOf(target));
  }
  return out;
}

/** Groups of nodes that reach each other, by Tarjan's algorithm; a graph without circles has none. */
export function circles(graph: ReadonlyMap<string, Iterable<string>>): string[][] {
  const order = new Map<string, { index: number; low: number }>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): { index: number; low: number } => {
    const own = { index: order.size, low: order.size };
    order.set(node, own);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      const known = order.get(next);
      if (known === undefined) own.low = Math.min(own.low, visit(next).low);
      else if (stack.includes(next)) own.low = Math.min(own.low, known.index);
    }
    if (own.low === own.index) {
      const group = stack.splice(stack.indexOf(node));
      if (group.length > 1) found.push(group.toSorted());
    }
    return own;
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return found;
}

/** The house as text, a line a part, from the ground up: what imports nothing comes first. */
export function drawing(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const heights = new Map<string, number>();
  const height = (part: string): number => {
    const known = heights.get(part);
    if (known !== undefined) return known;
    const found = Math.max(-1, ...[...(graph.get(part) ?? [])].map(height)) + 1;
    heights.set(part, found);
    return found;
  };
  const half = (part: string) => ["common", "electron", "renderer"].indexOf(part.split("/")[0] ?? "");
  return [...graph.keys()]
    .toSorted((a, b) => half(a) - half(b) || height(a) - height(b) || a.localeCompare(b))
    .map((part) => {
      const below = [...(graph.get(part) ?? [])].toSorted();
      const short = below.map((one) => (half(one) === half(part) ? one.replace(/^[a-z]+\//, "") : one));
      return below.length === 0 ? part : `${part} → ${short.join(" ")}`;
    });
}
