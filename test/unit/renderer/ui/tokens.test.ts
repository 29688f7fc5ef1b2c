import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contrast } from "./contrast.ts";

const css = readFileSync(join(import.meta.dirname, "../../../../renderer/ui/tokens.css"), "utf8");

function colours(block: string): Map<string, string> {
  return new Map(
    [...block.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

const [, lightBlock = "", darkBlock = ""] = css.split(/:root \{|\[data-theme="dark"\] \{/);
const themes = { light: colours(lightBlock), dark: colours(darkBlock) };

describe.each(["light", "dark"] as const)("%s theme", (theme) => {
  const token = (name: string) => {
    const value = themes[theme].get(name);
    if (value === undefined) throw new Error(`--${name} is not in the ${theme} theme`);
    return value;
  };
  const surfaces = ["bg", "surface", "sunken"];

  it.each(["text", "muted", "faint", "accent", "ok", "run", "warn", "bad", "idle"])(
    "%s can be read on every surface",
    (name) => {
      for (const surface of surfaces)
        expect(contrast(token(name), token(surface)), surface).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(["ok", "run", "warn", "bad", "idle"])("%s can be read on its own soft tone", (name) => {
    expect(contrast(token(name), token(`${name}-soft`))).toBeGreaterThanOrEqual(4.5);
  });

  it("shows words on the accent and on its soft tone", () => {
    expect(contrast(token("on-accent"), token("accent"))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(token("on-accent"), token("accent-hover"))).toBeGreaterThanOrEqual(4.5);
    for (const name of ["text", "muted", "accent"])
      expect(contrast(token(name), token("accent-soft")), name).toBeGreaterThanOrEqual(4.5);
  });

  it("shows where fields and the focus are", () => {
    for (const surface of ["bg", "surface"]) {
      expect(contrast(token("line-field"), token(surface)), surface).toBeGreaterThanOrEqual(3);
      expect(contrast(token("focus"), token(surface)), surface).toBeGreaterThanOrEqual(3);
    }
  });
});
