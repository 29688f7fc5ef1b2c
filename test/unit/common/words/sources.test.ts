import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../../../..");

/** Sources of both halves' back rooms; the Korean of the catalogue and of the page is where Korean belongs. */
const sources = ["electron", "common"]
  .flatMap((folder) => readdirSync(join(root, folder), { withFileTypes: true, recursive: true }))
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path: relative(root, path).split(sep).join("/"), text: readFileSync(path, "utf8") }))
  .filter(({ path }) => !path.startsWith("common/words/ko/"));

const lines = (expression: RegExp) =>
  sources.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => (expression.test(line) ? [`${path}:${index + 1}`] : [])),
  );

test("what people read is said by ids of the catalogue: no source has a text in two languages of its own", () => {
  expect(lines(/\bko:\s*["'`]/)).toEqual([]);
  expect(lines(/[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/)).toEqual([]);
});
