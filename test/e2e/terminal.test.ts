import { readdir } from "node:fs/promises";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { freshPlaces } from "./places.ts";

/** The dock's terminals as a person uses them; what they show is read from the rows on screen. */
class Terminals {
  readonly page: Page;
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
  }

  button(name: string | RegExp) {
    return this.page.getByRole("button", { name, ...(typeof name === "string" ? { exact: true } : {}) });
  }

  /** The rows of the terminal that is on screen, or of the one at that place when there are two. */
  async text(at = 0): Promise<string> {
    const rows = await this.page.locator(".xterm:visible").nth(at).locator(".xterm-rows > div").allInnerTexts();
    return rows.map((row) => row.replaceAll("\u00a0", " ").trimEnd()).join("\n");
  }

  async shows(pattern: RegExp, at = 0): Promise<void> {
    await expect.poll(() => this.text(at), { timeout: 20_000 }).toMatch(pattern);
  }

  /** As the keys are pressed; the prompt has come before. */
  async run(line: string): Promise<void> {
    await this.page.keyboard.type(line);
    await this.page.keyboard.press("Enter");
  }

  async open(): Promise<void> {
    await this.button("Terminal").click();
    await this.shows(/[$#]$/m);
  }
}

describe.skipIf(process.platform === "win32")("the terminal", () => {
  const places = freshPlaces();
  let page: Page;
  let terminals: Terminals;

  beforeEach(async () => {
    const { link } = await places.start();
    page = await places.page({ colorScheme: "light" });
    terminals = new Terminals(page);
    await page.goto(link);
    await page.getByRole("heading", { level: 1 }).waitFor();
  });

  it("runs the user's shell under the page's policy, in any colours, and its size follows the dock's", async () => {
    await terminals.open();
    // Colours that the theme has not, and those it has to make readable, are styles of single letters.
    await terminals.run(
      "printf '\\033[38;2;250;250;250mpale\\033[0m \\033[48;5;52;1mdark\\033[0m\\n'; echo $COLUMNS x $LINES",
    );
    await terminals.shows(/^pale dark$/m);
    const pale = page.locator(".xterm-rows span", { hasText: /^pale$/ }).last();
    expect(await pale.evaluate((span) => getComputedStyle(span).color)).not.toBe("rgb(250, 250, 250)");
    const sizeIn = (text: string) => /^(\d+) x (\d+)$/m.exec(text)?.slice(1).map(Number) ?? [];
    const [cols = 0, rows = 0] = sizeIn(await terminals.text());
    expect(cols).toBeGreaterThan(100);
    const edge = page.getByRole("separator", { name: "Panel height" });
    await edge.focus();
    for (let press = 0; press < 5; press += 1) await page.keyboard.press("ArrowUp");
    await page.locator(".xterm:visible").click();
    await terminals.run("clear; stty size");
    await expect.poll(async () => Number(/^(\d+) \d+$/m.exec(await terminals.text())?.[1])).toBeGreaterThan(rows + 3);
    expect(terminals.complaints).toEqual([]);
  });

  it("takes Korean from an input method, letter by letter, in cells of two", async () => {
    await terminals.open();
    const keyboard = await page.context().newCDPSession(page);
    await page.keyboard.type("echo ");
    for (const [parts, done, shown] of [
      [["ㅎ", "하", "한"], "한", /echo 한/],
      [["ㄱ", "그", "글"], "글", /echo 한글/],
    ] as const) {
      for (const text of parts) {
        await keyboard.send("Input.imeSetComposition", { text, selectionStart: 1, selectionEnd: 1 });
      }
      await keyboard.send("Input.insertText", { text: done });
      // no hand begins the next letter before this one stands there
      await terminals.shows(shown);
    }
    await page.keyboard.type(" 파드|");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Enter");
    await terminals.shows(/^한글 파드$/m);
    expect(terminals.complaints).toEqual([]);
  });

  it("survives a reload, with its tabs, their names and what was written; ends with its tab", async () => {
    await terminals.open();
    await terminals.run("MINE=kept; echo before the reload");
    await terminals.shows(/^before the reload$/m);
    await page.getByRole("button", { name: "shell", exact: true }).dblclick();
    await page.getByRole("textbox", { name: "Tab name" }).fill("mine");
    await page.keyboard.press("Enter");
    await page.reload();
    await terminals.shows(/^before the reload$/m);
    await page.getByRole("button", { name: "mine", exact: true }).waitFor();
    await page.locator(".xterm:visible").click();
    await terminals.run("echo $MINE by the shell");
    await terminals.shows(/^kept by the shell$/m);
    const sessions = join(places.place.dataDir, "terminals");
    expect(await readdir(sessions)).toHaveLength(1);
    await page.getByRole("button", { name: "Close mine" }).click();
    await expect.poll(() => readdir(sessions)).toEqual([]);
    expect(terminals.complaints).toEqual([]);
  });

  it("comes and goes with its key, also from within, and leaves the others to the shell", async () => {
    await page.keyboard.press("Control+`");
    await terminals.shows(/[$#]$/m);
    await terminals.run("echo stays");
    await page.keyboard.press("Control+`");
    await expect.poll(() => page.locator(".xterm:visible").count()).toBe(0);
    await page.keyboard.press("Control+`");
    await terminals.shows(/^stays$/m);
    await page.keyboard.type("echo not this");
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+k");
    await terminals.run("echo but that");
    await terminals.shows(/^but that$/m);
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.keyboard.press("Control+Shift+P");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await terminals.button("Maximize").click();
    expect(await page.locator(".place").evaluate((place) => place.hasAttribute("inert"))).toBe(true);
    expect(terminals.complaints).toEqual([]);
  });

  it("stands side by side, says that a shell has ended, and opens it again", async () => {
    await terminals.open();
    await terminals.run("echo left");
    await terminals.shows(/^left$/m);
    await terminals.button(/^Split/).click();
    await terminals.shows(/[$#]$/m, 1);
    await terminals.run("echo right; exit 3");
    await page.getByText("Exited with code 3.").waitFor();
    await terminals.shows(/^right$/m, 1);
    await page.getByText("ended", { exact: true }).waitFor();
    await terminals.button("New terminal").click();
    await expect.poll(() => terminals.text(1)).toMatch(/^[^\n]*[$#]\s*$/);
    expect(await terminals.text(0)).toMatch(/^left$/m);
    expect(terminals.complaints).toEqual([]);
  });

  it("finds text, and asks before it runs several pasted lines or follows a link", async () => {
    await terminals.open();
    await terminals.run("bind 'set enable-bracketed-paste off'; PS1='now> '");
    await terminals.shows(/^now>$/m);
    await page.keyboard.press("Control+Shift+F");
    await page.getByRole("textbox", { name: "Find in the terminal" }).fill("bracketed");
    await page.getByText("1 of 1").waitFor();
    await page.keyboard.press("Escape");
    const paste = (text: string) =>
      page.evaluate((pasted) => {
        const data = new DataTransfer();
        data.setData("text/plain", pasted);
        const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
        document.activeElement?.dispatchEvent(event);
      }, text);
    await paste("echo one\necho two\n");
    await page.getByRole("heading", { name: "Paste 2 lines?" }).waitFor();
    await terminals.button("Don't paste").click();
    expect(await terminals.text()).not.toMatch(/^one$/m);
    await paste("echo one\necho two\n");
    await terminals.button("Paste").click();
    await terminals.shows(/^two$/m);
    await terminals.run("echo https://kubeflow.org/docs");
    await terminals.shows(/^https:\/\/kubeflow.org\/docs$/m);
    const link = page.locator(".xterm-rows > div", { hasText: /^https:\/\/kubeflow/ });
    await link.hover({ position: { x: 40, y: 8 }, force: true });
    await page.mouse.down();
    await page.mouse.up();
    await page.getByRole("heading", { name: "Open this link in your browser?" }).waitFor();
    await terminals.button("Don't open").click();
    expect(terminals.complaints).toEqual([]);
  });

  it("lets no pasted text out of the brackets that a shell puts around it", async () => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await terminals.open();
    await terminals.run("bind 'set enable-bracketed-paste on'; cd ~; PS1='now> '");
    await terminals.shows(/^now>$/m);
    await page.evaluate(() => navigator.clipboard.writeText("echo safe\u001b[201~\ntouch escaped\n\u000f"));
    await page.keyboard.press("Control+Shift+V");
    await page.getByRole("heading", { name: "Paste without the control characters?" }).waitFor();
    await page.getByText("contained 2 control characters").waitFor();
    expect(await readdir(places.place.home)).not.toContain("escaped");
    await terminals.button("Paste").click();
    await terminals.shows(/^now> echo safe\[201~$/m);
    await terminals.shows(/touch escaped/);
    expect(await readdir(places.place.home)).not.toContain("escaped");
    expect(terminals.complaints).toEqual([]);
  });

  it.each(["light", "dark"] as const)("has no fault that axe finds, %s", async (theme) => {
    await page.emulateMedia({ colorScheme: theme });
    await terminals.open();
    await terminals.run("ls / --color=always");
    await terminals.button(/^Split/).click();
    await terminals.shows(/[$#]$/m, 1);
    const { violations } = await new AxeBuilder({ page }).include(".dock").analyze();
    expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.html.slice(0, 200)) }))).toEqual([]);
    await terminals.button("New terminal or shell").click();
    await page.getByRole("menu").waitFor();
    const menu = await new AxeBuilder({ page }).include("[role=menu]").analyze();
    expect(menu.violations.map(({ id }) => id)).toEqual([]);
    await page.getByRole("menuitem", { name: /turn on screen reader support/ }).click();
    await page.locator(".xterm-accessibility").first().waitFor({ state: "attached" });
    expect(terminals.complaints).toEqual([]);
  });
});
