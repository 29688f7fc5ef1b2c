import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { check, kindOf } from "./check.ts";
import { rules } from "./rules.ts";

/**
 * Reads all English of the project against docs/style.md: the catalogue, the releases' texts and the documents. Prints
 * one finding a line and ends with 1 if there is one. An exception that nothing needs is a finding, too.
 */

const root = join(import.meta.dirname, "../..");

const inside = (folder: string) =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: folder !== "." })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"));

const files = [".", "docs", "common/words/en", "assets/releases"]
  .flatMap(inside)
  .filter((path) => kindOf(path) !== undefined)
  .toSorted();

const lines: string[] = [];
const needed = new Set<string>();
for (const path of files) {
  const { findings, excused } = await check(path, readFileSync(join(root, path), "utf8"));
  for (const { place, advice } of findings) lines.push(`${place}: ${advice}`);
  for (const exception of excused) needed.add(exception);
}
for (const { id, except } of rules) {
  for (const key of Object.keys(except ?? {})) {
    if (!needed.has(`${id} ${key}`)) lines.push(`test/prose/rules.ts: ${id} needs no exception for ${key} → remove it`);
  }
}

if (lines.length > 0) console.log(lines.join("\n"));
console.log(`Read ${files.length} files against docs/style.md: ${lines.length} findings.`);
process.exitCode = lines.length > 0 ? 1 : 0;
