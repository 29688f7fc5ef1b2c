import { expect, test } from "vitest";
import { visibleBidi } from "../../../../common/text/index.ts";

test("what changes the order of the text around it is shown by its code", () => {
  expect(visibleBidi("gpj.\u202Eexe.png")).toBe("gpj.[U+202E]exe.png");
  expect(visibleBidi("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069")).toBe(
    "[U+061C][U+200E][U+200F][U+202A][U+202B][U+202C][U+202D][U+2066][U+2067][U+2068][U+2069]",
  );
});

test("other text stays as it is, also text that is written from right to left", () => {
  const text = "שלום, 세계: naïve 👩‍💻 | \t [U+202E]";
  expect(visibleBidi(text)).toBe(text);
});
