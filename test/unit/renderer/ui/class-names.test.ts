import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const renderer = join(import.meta.dirname, "../../../../renderer");

/**
 * The classes that a style sheet defines: those that stand alone in a selector, wherever on the page they are used.
 * `.list-head .button` defines none: it lays out the buttons that it knows to be there.
 */
function classesOf(css: string): Set<string> {
  const rules = css.replace(/\/\*[\s\S]*?\*\//g, "").matchAll(/([^{};]+)\{/g);
  const names = [...rules]
    .flatMap(([, selector = ""]) => selector.split(/,(?![^(]*\))/))
    .map(
      (text) => /^[a-z0-9]*\.(-?[A-Za-z_][\w-]*)((:{1,2}[a-z-]+(\([^)]*\))?)|(\[[^\]]*\]))*$/.exec(text.trim())?.[1],
    );
  return new Set(names.filter((name) => name !== undefined));
}

describe("class names", () => {
  it("are defined where they stand alone", () => {
    const css = `/* .no {} */ .a, b.b:not(.x, .y) { x: y } .c:hover::after { x: y } .d[data-on="1"] { x: y }
      @media (x) { .e { x: y } } .x .y { x: y } .x.y { x: y } p { x: y } @keyframes z { to { x: y } }`;
    expect([...classesOf(css)]).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("belong to one style sheet each: they are the same for the whole page", () => {
    const files = readdirSync(renderer, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".css"));
    expect(files.length).toBeGreaterThan(20);
    const homes = new Map<string, string[]>();
    for (const file of files) {
      for (const name of classesOf(readFileSync(join(renderer, file), "utf8"))) {
        homes.set(name, [...(homes.get(name) ?? []), relative("", file)]);
      }
    }
    const several = [...homes].filter(([, found]) => found.length > 1).map(([name, found]) => [name, ...found.sort()]);
    expect(several).toEqual([]);
  });
});
