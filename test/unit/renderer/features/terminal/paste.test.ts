import { expect, it } from "vitest";
import { readPaste } from "../../../../../renderer/features/terminal/paste.ts";

it.each([
  ["one line", "ls -l", true, { text: "ls -l", lines: 0, dropped: 0, ask: false }],
  ["a tab and 한글", "a\t한글", false, { text: "a\t한글", lines: 0, dropped: 0, ask: false }],
  ["lines that are taken as text", "one\ntwo\n", true, { text: "one\ntwo\n", lines: 0, dropped: 0, ask: false }],
  ["lines that run", "one\r\ntwo\n", false, { text: "one\r\ntwo\n", lines: 2, dropped: 0, ask: true }],
  [
    "the end of a bracketed paste",
    "echo safe\x1b[201~\ntouch X",
    true,
    { text: "echo safe[201~\ntouch X", dropped: 1 },
  ],
  ["the same with one character for ESC [", "a\u009b201~b", true, { text: "a201~b", dropped: 1 }],
  ["Ctrl-O, Ctrl-C, Ctrl-D, DEL and NUL", "\x0fa\x03b\x04c\x7fd\0", false, { text: "abcd", dropped: 5, ask: true }],
  ["escapes within escapes", "\x1b\x1b[2\x1b01~", true, { text: "[201~", dropped: 3, ask: true }],
])("%s", (_, text, bracketed, expected) => expect(readPaste(text, bracketed)).toMatchObject(expected));

it("leaves no control character but tab and line breaks in any text", () => {
  const all = Array.from({ length: 0x100 }, (_, code) => String.fromCharCode(code)).join("");
  const { text, dropped } = readPaste(all, true);
  expect(text.replace(/[\t\r\n]/g, "")).not.toMatch(/\p{Cc}/u);
  expect(dropped).toBe(65 - 3);
});
