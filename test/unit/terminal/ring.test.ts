import { describe, expect, it } from "vitest";
import { OutputRing, safeStart } from "../../../electron/terminal/ring.ts";
import { TerminalModes } from "../../../electron/terminal/terminal-modes.ts";

const esc = "\u001b";

describe("recent output", () => {
  it("is all there while it fits, and may be read from anywhere", () => {
    const ring = new OutputRing(16);
    ring.write(Buffer.from("hello "));
    ring.write(Buffer.from("world"));
    expect(ring.read(0, 100).toString()).toBe("hello world");
    expect(ring.read(6, 3).toString()).toBe("wor");
    expect(ring.replay()).toMatchObject({ from: 0 });
  });

  it("keeps the last bytes when there is more, however it comes", () => {
    const all = Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 251));
    for (const piece of [1, 7, 16, 40, 1000]) {
      const ring = new OutputRing(16);
      for (let at = 0; at < all.length; at += piece) ring.write(all.subarray(at, at + piece));
      expect(ring.start).toBe(984);
      expect(ring.end).toBe(1000);
      expect(ring.read(0, 100)).toEqual(all.subarray(984));
    }
  });

  it("is replayed from the start of a line", () => {
    const ring = new OutputRing(12);
    ring.write(Buffer.from("first line\nsecond\nthird"));
    const { from } = ring.replay();
    expect(ring.read(from, 100).toString()).toBe("third");
  });

  it("without lines, begins at a sequence or a whole character", () => {
    expect(safeStart(Buffer.from(`31mred${esc}[0m`))).toBe(6);
    const korean = Buffer.from("한글");
    expect(safeStart(korean.subarray(1))).toBe(2);
    expect(safeStart(korean.subarray(3))).toBe(0);
    expect(safeStart(Buffer.of(0x80, 0x81))).toBe(2);
  });

  it("tells the modes that what was dropped had left on", () => {
    const ring = new OutputRing(32);
    ring.write(Buffer.from(`${esc}[?1049h${esc}[?25l${esc}[?2004h`));
    ring.write(Buffer.from(`${"x".repeat(30)}\n`.repeat(4)));
    const { modes } = ring.replay();
    expect(modes.alternate).toBe(true);
    expect(modes.sequence()).toBe(`${esc}[?1049h${esc}[?25l${esc}[?2004h`);
    ring.write(Buffer.from(`${esc}[?1049l${esc}[?25h`));
    expect(ring.replay().modes.alternate).toBe(true);
    ring.write(Buffer.from(`${"y".repeat(30)}\n`.repeat(4)));
    expect(ring.replay().modes.sequence()).toBe(`${esc}[?2004h`);
  });
});

describe("modes", () => {
  const sequenceAfter = (...pieces: string[]) => {
    const modes = new TerminalModes();
    for (const piece of pieces) modes.read(Buffer.from(piece));
    return modes.sequence();
  };

  it("are read from sequences that come in parts", () => {
    expect(sequenceAfter(`text ${esc}`, "[?10", "06;1000h more")).toBe(`${esc}[?1006h${esc}[?1000h`);
  });

  it("are given up with a reset, and those that matter to nobody are not kept", () => {
    expect(sequenceAfter(`${esc}[?1049h${esc}[?12h${esc}=`)).toBe(`${esc}[?1049h${esc}=`);
    expect(sequenceAfter(`${esc}[?1049h${esc}=${esc}c`)).toBe("");
    expect(sequenceAfter(`${esc}[?7l`)).toBe(`${esc}[?7l`);
    expect(sequenceAfter(`${esc}[?7l${esc}[?7h`)).toBe("");
  });
});
