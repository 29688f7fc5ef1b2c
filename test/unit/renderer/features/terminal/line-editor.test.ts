import { describe, expect, it } from "vitest";
import { LineEditor } from "../../../../../renderer/features/terminal/line-editor.ts";

function typed(...data: string[]): { sent: string[]; screen: string } {
  const sent: string[] = [];
  let screen = "";
  const editor = new LineEditor({ echo: (text) => (screen += text), send: (text) => void sent.push(text) });
  for (const one of data) editor.type(one);
  return { sent, screen };
}

describe("typing to a program without a terminal", () => {
  it("shows what is typed and sends lines that end as programs read them", () => {
    expect(typed("h", "e", "y", "\r")).toEqual({ sent: ["hey\n"], screen: "hey\r\n" });
    expect(typed("one\r\ntwo\rthree")).toEqual({ sent: ["one\n", "two\n"], screen: "one\r\ntwo\r\nthree" });
  });

  it("takes back characters as wide as they are, words and the line", () => {
    expect(typed("ab\x7fc\r")).toEqual({ sent: ["ac\n"], screen: "ab\b \bc\r\n" });
    expect(typed("가\x7f\r")).toEqual({ sent: ["\n"], screen: "가\b \b\b \b\r\n" });
    expect(typed("\x7f\x7fx\r").sent).toEqual(["x\n"]);
    expect(typed("one two \x17three\r").sent).toEqual(["one three\n"]);
    expect(typed("all of it\x15new\r").sent).toEqual(["new\n"]);
    expect(typed("👩‍👩‍👧\x7fx\r").sent).toEqual(["x\n"]);
  });

  it("gives a line up, sends one that has no end, and leaves keys out that mean nothing here", () => {
    expect(typed("rm\x03ls\r")).toEqual({ sent: ["ls\n"], screen: "rm^C\r\nls\r\n" });
    expect(typed("half\x04").sent).toEqual(["half"]);
    expect(typed("half\x04\x04")).toEqual({ sent: ["half", "\x04"], screen: "half^D\r\n" });
    expect(typed("\x04").sent).toEqual(["\x04"]);
    expect(typed("a", "\x1b[A", "\x01", "b\tc\r").sent).toEqual(["ab\tc\n"]);
  });
});
