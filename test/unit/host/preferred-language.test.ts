import { expect, it } from "vitest";
import { preferredLanguage } from "../../../electron/host/answer.ts";

it.each([
  ["ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "ko"],
  ["en-US,en;q=0.9,ko;q=0.8", "en"],
  ["fr, ko;q=0.5", "ko"],
  ["en;q=0.2, ko;q=0.8", "ko"],
  ["ko;q=0", "en"],
  ["kok", "en"],
  ["*", "en"],
  ["", "en"],
] as const)("plain answers to a browser that asks for %j are in %s", (header, language) => {
  expect(preferredLanguage(header)).toBe(language);
});
