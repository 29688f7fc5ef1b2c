import { describe, expect, it } from "vitest";
import { waveWords } from "../../../electron/install/plan/waves.ts";
import { expectKorean } from "../common/words/korean.ts";

describe("the waves of a plan", () => {
  it("and what they wait for are said in Korean", () => {
    const said = Object.values(waveWords).flatMap(({ title, gate }) => (gate === undefined ? [title] : [title, gate]));
    expect(said.length).toBeGreaterThan(15);
    for (const one of said) expectKorean(one);
  });
});
