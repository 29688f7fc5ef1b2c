import { describe, expect, it } from "vitest";
import { PendingOutput } from "../../../electron/terminal/pending-output.ts";

const esc = "\u001b";

function keptOf(lines: number, ...pieces: string[]): string[] {
  const pending = new PendingOutput();
  for (const piece of pieces) pending.push(Buffer.from(piece), lines);
  const bytes = pending.bytes;
  const kept = pending.take().map(String);
  expect(bytes).toBe(kept.join("").length);
  expect(pending.bytes).toBe(0);
  return kept;
}

describe("output that is not on the screen yet", () => {
  it("of plain lines is what would be left of them", () => {
    expect(keptOf(3, "1\n", "2\n", "3\n", "4\n", "5\n")).toEqual(["3\n", "4\n", "5\n"]);
    expect(keptOf(3, "1\n2\n3\n", "4\n5\n", "6\n")).toEqual(["4\n5\n", "6\n"]);
    expect(keptOf(3, "1\n2\n", "3\n4\n")).toEqual(["1\n2\n", "3\n4\n"]);
    expect(keptOf(3, "50%\r", "60%\r", "70%\r", "80%\r")).toHaveLength(4);
  });

  it("keeps all with sequences, and what may be their end", () => {
    const title = [`${esc}]0;a`, "\n\n\n title", "\u0007"];
    expect(keptOf(2, ...title, "1\n", "2\n", "3\n", "4\n")).toEqual([...title, "1\n", "3\n", "4\n"]);
    expect(keptOf(2, "1\n", "2\n", `${esc}[2J`, "\n\n\n")).toEqual(["1\n", "2\n", `${esc}[2J`, "\n\n\n"]);
  });
});
