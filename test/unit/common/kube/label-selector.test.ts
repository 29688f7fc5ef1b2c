import { describe, expect, it } from "vitest";
import { formatLabelSelector, selects } from "../../../../common/kube/index.ts";

const expression = (operator: string, values?: string[], key = "a") => ({
  matchExpressions: [{ key, operator, values }],
});

describe("what a selector matches", () => {
  it.each([
    [undefined, { a: "1" }, false],
    [null, { a: "1" }, false],
    [{}, { a: "1" }, true],
    [{ matchLabels: { a: "1" } }, { a: "1", b: "2" }, true],
    [{ matchLabels: { a: "1" } }, { a: "2" }, false],
    [expression("In", ["1"]), { a: "1" }, true],
    [expression("In", ["2"]), { a: "1" }, false],
    [expression("NotIn", ["1"]), {}, true],
    [expression("NotIn", ["1"]), { a: "1" }, false],
    [expression("Exists"), {}, false],
    [expression("Exists", undefined, "toString"), {}, false],
    [expression("DoesNotExist"), {}, true],
    [expression("DoesNotExist"), { a: "1" }, false],
    [expression("Like"), { a: "1" }, false],
  ])("%j on %j: %s", (selector, labels, expected) => {
    expect(selects(selector, labels)).toBe(expected);
  });
});

describe("a selector as text", () => {
  it.each([
    [undefined, undefined],
    [{}, undefined],
    [{ matchLabels: {} }, undefined],
    [{ b: "2", a: "1" }, "a=1,b=2"],
    [{ matchLabels: { b: "2" }, ...expression("In", ["y", "x"]) }, "a in (x,y),b=2"],
    [expression("NotIn", ["1"]), "a notin (1)"],
    [expression("Exists"), "a"],
    [expression("DoesNotExist"), "!a"],
  ])("%j: %s", (selector, expected) => {
    expect(formatLabelSelector(selector)).toBe(expected);
  });
});
