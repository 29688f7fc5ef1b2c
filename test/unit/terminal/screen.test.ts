import headless from "@xterm/headless";
import { describe, expect, it } from "vitest";
import { Screen } from "../../../electron/terminal/screen.ts";

const esc = "\u001b";
const size = { cols: 40, rows: 6 };

const newScreen = (of: typeof size, tty = true) => new Screen(of, tty, () => undefined);

async function snapshotAfter(...pieces: string[]) {
  const screen = newScreen(size);
  for (const piece of pieces) screen.write(Buffer.from(piece));
  return screen.snapshot();
}

/** The lines that a terminal shows, those above its screen too. */
async function shownBy(text: string, { cols, rows } = size): Promise<string[]> {
  const terminal = new headless.Terminal({ cols, rows, scrollback: 10_000, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  const { active } = terminal.buffer;
  return Array.from({ length: active.length }, (_, at) => active.getLine(at)?.translateToString(true) ?? "");
}

describe("a screen", () => {
  it("is drawn again with its colours, the lines above it and the cursor's place", async () => {
    const output = `${Array.from({ length: 20 }, (_, at) => `line ${at}`).join("\r\n")}\r\n${esc}[31mred${esc}[0m 한글${esc}[3D`;
    const { text, alternate } = await snapshotAfter(output.slice(0, 50), output.slice(50));
    expect(alternate).toBe(false);
    expect(await shownBy(text)).toEqual(await shownBy(output));
    expect(text).toContain(`${esc}[31mred`);
    expect((await shownBy(`${text}!`)).at(-1)).toBe((await shownBy(`${output}!`)).at(-1));
  });

  it("keeps both screens of a full-screen program", async () => {
    const output = `shell\r\n${esc}[?1049h${esc}[Hfull screen`;
    const { text, alternate } = await snapshotAfter(output);
    expect(alternate).toBe(true);
    expect((await shownBy(text))[0]).toBe("full screen");
    expect((await shownBy(`${text}${esc}[?1049l`))[0]).toBe("shell");
  });

  it.each([
    ["bracketed paste", `${esc}[?2004h`, `${esc}[?2004h`],
    ["the mouse and how it reports", `${esc}[?1002;1006h`, `${esc}[?1006h`],
    ["a hidden cursor", `${esc}[?25l`, `${esc}[?25l`],
    ["keys of applications", `${esc}[?1h${esc}=`, `${esc}[?1h`],
    ["the cursor's form", `${esc}[5 q`, `${esc}[5 q`],
  ])("keeps %s", async (_name, output, kept) => {
    expect((await snapshotAfter(output)).text).toContain(kept);
    expect((await snapshotAfter(output, `${esc}c`)).text).not.toContain(kept);
  });

  it("forgets what was turned off again", async () => {
    const { text } = await snapshotAfter(`${esc}[?25l${esc}[?1006h${esc}[?25h`, `${esc}[?1006l`);
    expect(text).not.toContain("?25");
    expect(text).not.toContain("?1006");
  });

  it("is as large as it was when the output came, and changes its size in turn", async () => {
    const screen = newScreen(size);
    screen.write(Buffer.from(`${"x".repeat(60)}\r\n`));
    const before = screen.snapshot();
    screen.resize({ cols: 80, rows: 10 });
    expect(await before).toMatchObject({ size });
    const after = await screen.snapshot();
    expect(after.size).toEqual({ cols: 80, rows: 10 });
    expect((await shownBy(after.text, after.size))[0]).toBe("x".repeat(60));
  });

  it("is the same after a flood of which it read only the end", async () => {
    const pieces = Array.from({ length: 40 }, (_, piece) =>
      Array.from({ length: 500 }, (_, line) => `line ${piece * 500 + line}\r\n`).join(""),
    );
    pieces.splice(20, 0, `${esc}[3`, `4mblue\r\n`);
    const screen = newScreen(size);
    for (const piece of pieces) screen.write(Buffer.from(piece));
    expect(screen.waiting).toBeLessThan(100_000);
    const lines = await shownBy((await screen.snapshot()).text);
    const all = await shownBy(pieces.join(""));
    expect(lines.length).toBeGreaterThan(2000);
    expect(all.slice(-lines.length)).toEqual(lines);
    screen.write(Buffer.from("still blue"));
    const { text } = await screen.snapshot();
    expect(text.startsWith(`${esc}[34mline `)).toBe(true);
    expect(text).not.toContain(`${esc}[39m`);
    expect(text).toContain("still blue");
  });

  it("ends lines alone where the program has no terminal", async () => {
    const screen = newScreen(size, false);
    screen.write(Buffer.from("one\ntwo"));
    expect(await shownBy((await screen.snapshot()).text)).toEqual(["one", "two", "", "", "", ""]);
  });

  it("keeps fewer lines where they are wide, and sends less where every cell has its own colours", async () => {
    const wide = { cols: 1000, rows: 10 };
    const screen = newScreen(wide);
    const colours = Array.from({ length: 1000 }, (_, at) => `${esc}[38;2;${at % 256};1;2mx`).join("");
    for (let line = 0; line < 400; line += 1) screen.write(Buffer.from(`${colours}\r\n`));
    const { text } = await screen.snapshot();
    expect(text.length).toBeLessThan(2 << 20);
    expect((await shownBy(text, wide)).length).toBeGreaterThan(10);
  });
});
