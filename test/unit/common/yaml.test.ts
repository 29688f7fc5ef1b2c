import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { message } from "../../../common/words/index.ts";
import { dialect } from "../../../common/yaml/index.ts";
import { readYaml, toYaml } from "../../../electron/edit/yaml-text.ts";

const back = (value: unknown) => readYaml(toYaml(value)).documents[0]?.value;

describe("YAML with 64-bit integers", () => {
  it.each([
    ["9007199254740993", 9_007_199_254_740_993n],
    ["-9223372036854775808", -9_223_372_036_854_775_808n],
    ["0x7fffffffffffffff", 9_223_372_036_854_775_807n],
    ["18446744073709551615", 18_446_744_073_709_551_615n],
    ["9007199254740991", 9_007_199_254_740_991],
    ["0644", 420],
    ["1e3", 1000],
  ])("reads %s", (written, value) => {
    expect(readYaml(`a: ${written}`).documents[0]?.value).toEqual({ a: value });
  });

  it("gives numbers of every size back, whatever they stand in", () => {
    const numbers = [0, -1, 1.5, 1e21, 5e-324, 2 ** 53 - 1, 9_007_199_254_740_993n, -(2n ** 63n), 2n ** 64n - 1n];
    const value = { list: numbers, map: Object.fromEntries(numbers.map((number, index) => [`k${index}`, number])) };
    expect(back(value)).toEqual(value);
    expect(toYaml({ a: 9_007_199_254_740_993n })).toBe("a: 9007199254740993\n");
    expect(toYaml({ a: "9007199254740993" })).toBe('a: "9007199254740993"\n');
  });

  it.each(["1e400", ".inf", "-.Inf", ".nan"])("says that %s can't be sent", (written) => {
    const { documents, problems } = readYaml(`a: 1\nb: ${written}`);
    expect(documents).toEqual([]);
    expect(problems).toMatchObject([{ kind: "syntax", from: { line: 2, column: 4 } }]);
    expect(problems[0]?.said).toEqual(message("edit.notNumber", { value: written }));
  });
});

describe("text in YAML", () => {
  it("comes back with every character there is, as a value and as a key", () => {
    const codes = Array.from({ length: 0x10000 }, (_, code) => code).filter((code) => code < 0xd800 || code > 0xdfff);
    for (const around of [
      ["", ""],
      ["a", "b"],
      ["a\n", "\nb"],
    ] as const) {
      const value = codes.map((code) => around.join(String.fromCharCode(code)));
      expect(back(value)).toEqual(value);
    }
    const keys = codes.map((code) => ({ [`a${String.fromCharCode(code)}b`]: 1 }));
    expect(back(keys)).toEqual(keys);
  }, 60_000);

  it("has no character as it is that kubectl would refuse or take for a line break", () => {
    const yaml = toYaml({ a: "x\u0085y", b: "\uffff", c: "\u007f\u2028", d: "\ufeffa" });
    expect(yaml).toBe('a: "x\\u0085y"\nb: "\\uffff"\nc: "\\u007f\\u2028"\nd: "\\ufeffa"\n');
  });

  it("is refused where it holds half of a surrogate pair", () => {
    const { problems } = readYaml('a: "x\\ud800y"');
    expect(problems).toMatchObject([{ kind: "syntax", from: { line: 1, column: 4 } }]);
    expect(readYaml('a: "\u{1f600}"').problems).toEqual([]);
  });

  it("keeps words that mean something else without quotes", () => {
    for (const word of ["yes", "true", "null", "~", "0644", "1e3", "12:30", "<<", ""]) {
      expect(parse(stringify({ a: word }, dialect), dialect)).toEqual({ a: word });
    }
  });

  it("keeps keys that every JavaScript object has", () => {
    const value = Object.fromEntries(["constructor", "__proto__", "toString"].map((name) => [name, { x: 1 }]));
    const read = back(value);
    expect(Object.keys(Object(read)).toSorted()).toEqual(["__proto__", "constructor", "toString"]);
    expect(toYaml(read)).toBe(toYaml(value));
  });
});
