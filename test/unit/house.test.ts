import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { arrows, circles, drawing, partOf, readImports, root } from "./house.ts";

const imports = readImports();
const graph = arrows(imports);
const page = join(root, "docs/architecture.md");
const fence = /(```house\n)([\s\S]*?)(\n```)/;

/** Imports that go against a rule, as `from → to`. */
function against(rule: (from: string, to: string) => boolean): string[] {
  return [...imports].flatMap(([from, targets]) =>
    targets.filter((to) => !rule(from, to)).map((to) => `${from} → ${to}`),
  );
}

const isIn = (part: string) => (file: string) => file.startsWith(`${part}/`);
const feature = (file: string) => /^renderer\/features\/([^/]+)\//.exec(file)?.[1];

describe("the house", () => {
  it("has no circles of files or of parts", () => {
    expect(circles(imports)).toEqual([]);
    expect(circles(graph)).toEqual([]);
  });

  it("stands on common, which imports nothing of either half", () => {
    expect(against((from, to) => !isIn("common")(from) || isIn("common")(to))).toEqual([]);
    expect(against((from, to) => !isIn("renderer")(from) || !isIn("electron")(to))).toEqual([]);
    expect(against((from, to) => !isIn("electron")(from) || !isIn("renderer")(to))).toEqual([]);
  });

  it("enters a room by its index only", () => {
    const entered = (from: string, to: string) =>
      !isIn("electron")(to) ||
      partOf(from) === partOf(to) ||
      partOf(to) === "electron" ||
      to.split("/").slice(2).join("/") === "index.ts" ||
      // what only Electron's own entry may import
      (from === "electron/main.ts" && to.startsWith("electron/host/")) ||
      (from === "electron/preload.ts" && to === "electron/host/channels.ts");
    expect(against(entered)).toEqual([]);
  });

  it("keeps the page's floors: i18n ← ui ← state ← features ← shell", () => {
    const floors = ["i18n", "ui", "state", "features", "shell"];
    const floor = (file: string) => floors.indexOf(file.split("/")[1] ?? "");
    const kept = (from: string, to: string) =>
      floor(from) === -1 ||
      floor(to) === -1 ||
      (floor(from) >= floor(to) && !(floor(from) === 4 && floor(to) === 3)) ||
      !isIn("renderer")(to);
    expect(against(kept)).toEqual([]);
  });

  it("takes a feature out by deleting its folder and its line", () => {
    const onlyItsLine = (from: string, to: string) => {
      const place = feature(to);
      return (
        place === undefined ||
        feature(from) === place ||
        (from === "renderer/features.ts" && to.endsWith(`/${place}/feature.tsx`))
      );
    };
    expect(against(onlyItsLine)).toEqual([]);
    const lines = readFileSync(join(root, "renderer/features.ts"), "utf8").split("\n");
    const features = new Set([...imports.keys()].flatMap((file) => feature(file) ?? []));
    for (const name of features) {
      expect(
        lines.filter((line) => line.includes(`/features/${name}/`)),
        name,
      ).toHaveLength(1);
      expect(lines, name).toContain(`  ${name},`);
    }
  });

  it("is as docs/architecture.md draws it", () => {
    const drawn = drawing(graph).join("\n");
    const text = readFileSync(page, "utf8");
    if (process.env.UPDATE_HOUSE === "1") writeFileSync(page, text.replace(fence, `$1${drawn}$3`));
    else
      expect(fence.exec(text)?.[2], "run the test with UPDATE_HOUSE=1 to draw it anew, and read the difference").toBe(
        drawn,
      );
  });
});

describe("what the house test would find", () => {
  it("finds circles, also long ones and ones among others", () => {
    const graph = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["a", "d"]],
      ["d", ["e"]],
      ["e", []],
    ]);
    expect(circles(graph)).toEqual([["a", "b", "c"]]);
    expect(
      circles(
        new Map([
          ["a", ["b"]],
          ["b", []],
        ]),
      ),
    ).toEqual([]);
  });

  it("draws from the ground up", () => {
    expect(
      drawing(
        new Map([
          ["electron/b", new Set(["common/x", "electron/a"])],
          ["electron/a", new Set<string>()],
          ["common/x", new Set<string>()],
        ]),
      ),
    ).toEqual(["common/x", "electron/a", "electron/b → common/x a"]);
  });
});
