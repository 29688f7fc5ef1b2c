import { describe, expect, it } from "vitest";
import { gravestLevel, levelOf } from "../../../electron/logs/level.ts";
import { plain, styled } from "../../../electron/logs/text.ts";

const esc = "\u001b";

describe("what a line looks like", () => {
  it.each([
    ["plain words", "plain words"],
    ["with a tab\tin it", "with a tab\tin it"],
    ["windows\r", "windows"],
    [`${esc}[1;31mred${esc}[0m and not`, "red and not"],
    [`${esc}[2K${esc}[1Gdrawn anew`, "drawn anew"],
    [`${esc}]8;;https://example.com${esc}\\link${esc}]8;;${esc}\\`, "link"],
    [`${esc}]0;title\u0007text`, "text"],
    ["bell\u0007 and null\u0000", "bell␇ and null␀"],
    ["<b onclick=x>as it is</b> &amp;", "<b onclick=x>as it is</b> &amp;"],
    [`cut ${esc}[3`, "cut ␛[3"],
  ])("%j is %j", (raw, text) => {
    expect(plain(raw)).toBe(text);
    expect(styled(raw).text).toBe(text);
  });

  it.each([
    ["10%\r50%\r100%", "100%"],
    ["10%\r50%\r100%\r", "100%"],
    ["ERROR: disk full while writing /data\rretrying", "retryingisk full while writing /data"],
    ["downloading\r\u001b[Kdone", "done"],
    ["downloading\r\u001b[2Kdone", "done"],
    ["abc\r한", "한bc"],
    ["\rx", "x"],
    ["a\r\r\rb\r", "b"],
    ["abc\r\u0007", "␇bc"],
  ])("of %j, in which \\r goes back to the start, is %j", (raw, text) => {
    expect(styled(raw).text).toBe(text);
    expect(plain(raw)).toContain(raw.split("\r")[0]);
  });

  it("keeps each character's own colour where a line is drawn over", () => {
    expect(styled(`${esc}[31mabcd${esc}[0m\rXY`)).toEqual({ text: "XYcd", styles: [{ start: 2, end: 4, color: 1 }] });
  });

  it("has the program's colours where they were", () => {
    const { text, styles } = styled(`a${esc}[1;31mb${esc}[22;94mc${esc}[0md${esc}[48;5;196me${esc}[38;2;1;2;3mf`);
    expect(text).toBe("abcdef");
    expect(styles).toEqual([
      { start: 1, end: 2, bold: true, color: 1 },
      { start: 2, end: 3, color: 12 },
      { start: 4, end: 5, background: "#ff0000" },
      { start: 5, end: 6, background: "#ff0000", color: "#010203" },
    ]);
  });

  it("turns colours round and back", () => {
    expect(styled(`${esc}[31;7mx${esc}[27my`).styles).toEqual([
      { start: 0, end: 1, color: 0, background: 1 },
      { start: 1, end: 2, color: 1 },
    ]);
  });
});

describe("how grave a line is", () => {
  it("counts what was drawn over", () => {
    expect(gravestLevel("ERROR: disk full\rretrying")).toBe("error");
    expect(gravestLevel("INFO a\rWARN b\rINFO c")).toBe("warn");
    expect(gravestLevel(`${"1%\r".repeat(100_000)}ERROR: x`)).toBe("error");
    expect(gravestLevel("10%\r100%")).toBeUndefined();
  });

  it.each([
    ["I1123 02:47:53.123456       1 controller.go:12] fine", "info"],
    ["W1123 02:47:53.123456       1 controller.go:12] hm", "warn"],
    ["E1123 02:47:53.123456       1 controller.go:12] no", "error"],
    ["F1123 02:47:53.123456       1 main.go:1] gone", "error"],
    ['{"level":"warn","msg":"an ERROR in a text"}', "warn"],
    ['{"ts":1,"severity":"ERROR","message":"x"}', "error"],
    ['{"level":30,"msg":"pino"}', "info"],
    ['{"level":50,"msg":"pino"}', "error"],
    ['ts=1 level=debug msg="x"', "debug"],
    ['time="2026-01-01" level=warning msg="slow"', "warn"],
    ["2026-01-01 10:00:00,123 ERROR root: x", "error"],
    ["2026-01-01 10:00:00 [warn] 12#0: x", "warn"],
    ["[INFO] started", "info"],
    ["Warning: deprecated", "warn"],
    ["Traceback (most recent call last):", "error"],
    ["ValueError: bad", "error"],
    ["panic: runtime error: index out of range", "error"],
    ["GET /errors 200", undefined],
    ["Information desk", undefined],
    ["no ERRORS here", undefined],
    ["", undefined],
  ])("%j: %s", (line, level) => expect(levelOf(line)).toBe(level));
});
