import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contextColours } from "../../../../../common/contract/index.ts";
import { contrast } from "../../ui/contrast.ts";

const renderer = join(import.meta.dirname, "../../../../../renderer");
const css = readFileSync(join(renderer, "features/contexts/colours.css"), "utf8");
const tokens = readFileSync(join(renderer, "ui/tokens.css"), "utf8");

/** The #rrggbb variables of both themes. */
function themes(text: string): Record<"light" | "dark", Map<string, string>> {
  const [, light = "", rest = ""] = text.split(/:root \{|\[data-theme="dark"\] \{/);
  const read = (block: string) =>
    new Map([...block.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]));
  return { light: read(light), dark: read(rest.split("}")[0] ?? "") };
}

describe.each(["light", "dark"] as const)("colours of clusters, %s", (theme) => {
  const colours = themes(css)[theme];
  const surfaces = themes(tokens)[theme];

  it.each(contextColours)("%s can be seen on every surface", (name) => {
    for (const surface of ["bg", "surface", "raised", "sunken", "accent-soft"]) {
      const ratio = contrast(colours.get(`context-${name}`) ?? "", surfaces.get(surface) ?? "");
      expect(ratio, `${name} on ${surface}`).toBeGreaterThanOrEqual(3);
    }
  });

  it("has no colour that nobody can choose, and none twice", () => {
    expect([...colours.keys()]).toEqual(contextColours.map((name) => `context-${name}`));
    expect(new Set(colours.values()).size).toBe(contextColours.length);
  });
});

it("each colour has its class", () => {
  for (const name of contextColours) expect(css).toContain(`.context-${name} {\n  --context: var(--context-${name});`);
});
