import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const renderer = join(import.meta.dirname, "../../../../renderer");
const sheets = readdirSync(renderer, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".css") && !file.endsWith("tokens.css"),
);
const scripts = readdirSync(renderer, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));

/** Declarations of a style sheet whose values are written as numbers, though there are tokens for them. */
function literals(css: string): string[] {
  return [...css.replace(/\/\*[\s\S]*?\*\//g, "").matchAll(/(?<=[{;]\s*)([a-z-]+)\s*:\s*([^;{}]+)/g)].flatMap(
    ([, property = "", value = ""]) => {
      const written = value.replace(/var\([^)]*\)/g, "");
      const allowed = tokened.find(({ properties }) => properties.test(property))?.allowed;
      return allowed === undefined || !/\d/.test(written.replace(allowed, "")) ? [] : [`${property}: ${value}`];
    },
  );
}

/** What is taken from tokens, and what may stand there besides. */
const tokened: readonly { properties: RegExp; allowed: RegExp }[] = [
  { properties: /^(font|font-size|font-weight|line-height|z-index)$/, allowed: /^$/ },
  { properties: /^border(-[a-z]+)*-radius$/, allowed: /\b0\b|\b50%/g },
  {
    properties: /^(padding|margin)(-[a-z]+)*$|^(row-|column-)?gap$/,
    allowed: /(?<![\w.-])(?!(2|4|6|8|10|12|14|16|24|32|48)px)\S+/g,
  },
];

/** Set by React Aria on the parts it draws. */
const ofReactAria = new Set(["--trigger-width", "--tree-item-level"]);

describe("type, layers, corners and space", () => {
  it("are seen where they are written as numbers", () => {
    const css = `a { font-size: 11px; color: red } b { font: 500 1em var(--x); z-index: var(--z-head) } /* c { z-index: 2 } */
      d { border-radius: 50% 0; padding: 3px var(--s2) } e { border-top-left-radius: 4px; gap: 0 8px; margin: -6px 0 }`;
    expect(literals(css)).toEqual([
      "font-size: 11px",
      "font: 500 1em var(--x)",
      "border-top-left-radius: 4px",
      "gap: 0 8px",
    ]);
  });

  it.each(sheets)("come from tokens in %s", (file) => {
    expect(literals(readFileSync(join(renderer, file), "utf8"))).toEqual([]);
  });

  it("come from tokens where a component sets them", () => {
    const found = scripts.filter((file) =>
      /\b(fontSize|fontWeight|zIndex|borderRadius|lineHeight): (["'`]\d|\d+,? *\}\})/.test(
        readFileSync(join(renderer, file), "utf8"),
      ),
    );
    expect(found).toEqual([]);
  });

  it("use only tokens that there are", () => {
    const known = new Set(
      [...sheets, "ui/tokens.css"].flatMap((file) =>
        [...readFileSync(join(renderer, file), "utf8").matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name),
      ),
    );
    const set = new Set(
      scripts.flatMap((file) =>
        [...readFileSync(join(renderer, file), "utf8").matchAll(/"(--[\w-]+)"/g)].map(([, name]) => name),
      ),
    );
    const unknown = sheets.flatMap((file) =>
      [...readFileSync(join(renderer, file), "utf8").matchAll(/var\((--[\w-]+)\)/g)]
        .map(([, name]) => name)
        .filter((name = "") => !known.has(name) && !set.has(name)),
    );
    expect(unknown.filter((name = "") => !ofReactAria.has(name))).toEqual([]);
  });
});
