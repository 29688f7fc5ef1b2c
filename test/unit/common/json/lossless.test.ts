import { describe, expect, it } from "vitest";
import { parseJson, stringifyJson } from "../../../../common/json/index.ts";

const extremes = [
  "9007199254740991",
  "9007199254740992",
  "9007199254740993",
  "-9007199254740993",
  "9223372036854775807",
  "-9223372036854775808",
  "18446744073709551615",
  "0",
  "-1",
  "1234567890123456",
  "0.1",
  "1.7976931348623157e+308",
  "5e-324",
  "1e+21",
  '"9223372036854775807"',
  '": 9223372036854775807, "',
  '"sha256:1234567890123456789012345678901234567890"',
];

/** Numbers in a row that is the same each time. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function anyJson(pick: (below: number) => number, depth: number): string {
  const kind = depth === 0 ? 0 : pick(4);
  const space = " ".repeat(pick(4));
  if (kind === 1)
    return `[${space}${Array.from({ length: pick(4) }, () => anyJson(pick, depth - 1)).join(`${space},`)}]`;
  if (kind === 2) {
    const names = ["a", "constructor", "__proto__", "toString", "b"].filter(() => pick(2) === 0);
    return `{${names.map((name) => `"${name}":${space}${anyJson(pick, depth - 1)}`).join(",")}${space}}`;
  }
  return extremes[pick(extremes.length)] ?? "null";
}

describe("JSON with 64-bit integers", () => {
  it.each(extremes)("gives %s back as it was", (number) => {
    expect(stringifyJson(parseJson(number))).toBe(number);
    expect(stringifyJson(parseJson(`{"a":[1,${number}]}`))).toBe(`{"a":[1,${number}]}`);
  });

  it("gives any JSON back as it was, whatever is around a number", () => {
    const pick = random(7);
    for (let i = 0; i < 3_000; i++) {
      const json = anyJson(pick, 4);
      const plain = json.replaceAll(/("(?:[^"\\]|\\.)*")|[ \t]+/g, (_all, quoted: string | undefined) => quoted ?? "");
      expect(stringifyJson(parseJson(json))).toBe(plain);
    }
  });

  it("finds a number at every place of a text", () => {
    for (let before = 0; before < 40; before++) {
      const json = `{"${"x".repeat(before)}":-9223372036854775808}`;
      expect(stringifyJson(parseJson(json))).toBe(json);
    }
  });

  it("has plain numbers for all that a number holds", () => {
    expect(parseJson("[9007199254740991, 1.5, 1e3]")).toEqual([9_007_199_254_740_991, 1.5, 1000]);
    expect(parseJson("[9007199254740993]")).toEqual([9_007_199_254_740_993n]);
  });

  it("refuses what JSON.parse and JSON.stringify refuse", () => {
    expect(() => parseJson("{")).toThrow(SyntaxError);
    expect(() => parseJson("[9007199254740993")).toThrow(SyntaxError);
    const circle: Record<string, unknown> = { big: 9_007_199_254_740_993n };
    circle.again = circle;
    expect(() => stringifyJson(circle)).toThrow(TypeError);
    expect(() => stringifyJson(undefined)).toThrow(TypeError);
  });

  it("writes with an indent", () => {
    expect(stringifyJson({ a: 9_007_199_254_740_993n }, 2)).toBe('{\n  "a": 9007199254740993\n}');
  });
});
