import { describe, expect, it } from "vitest";
import { isAnswer } from "../../../../../renderer/features/terminal/input.ts";

describe("what comes from a terminal", () => {
  it.each([
    ["primary device attributes", "\x1b[?1;2c"],
    ["secondary device attributes", "\x1b[>0;276;0c"],
    ["cursor position", "\x1b[24;80R"],
    ["status", "\x1b[0n"],
    ["a mode", "\x1b[?2026;2$y"],
    ["a window's size", "\x1b[8;24;80t"],
    ["a colour, ended by BEL", "\x1b]11;rgb:1e1e/1e1e/2e2e\x07"],
    ["a colour, ended by ST", "\x1b]10;rgb:ffff/ffff/ffff\x1b\\"],
    ["a setting", "\x1bP1$r0m\x1b\\"],
    ["the focus", "\x1b[I"],
    ["two at once", "\x1b[0n\x1b[1;1R"],
  ])("is its own answer: %s", (_name, data) => expect(isAnswer(data)).toBe(true));

  it.each([
    ["letters", "kubectl get pods\r"],
    ["한글", "파드"],
    ["Escape", "\x1b"],
    ["an arrow", "\x1b[A"],
    ["an arrow in an application", "\x1bOA"],
    ["Alt and a letter", "\x1bb"],
    ["Delete", "\x1b[3~"],
    ["Ctrl and an arrow", "\x1b[1;5C"],
    ["what is pasted", "\x1b[200~a\x1b[201~"],
    ["an answer with more behind it", "\x1b[0nls"],
    ["nothing", ""],
  ])("is what a person typed: %s", (_name, data) => expect(isAnswer(data)).toBe(false));
});
