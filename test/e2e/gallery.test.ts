import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { build, type PreviewServer, preview } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserProblem, launchBrowser } from "./browser.ts";
import { englishLines } from "./english-lines.ts";

const problem = await browserProblem();
if (problem !== undefined) console.warn(`The gallery is not tested: ${problem}`);

const configFile = "test/gallery/vite.config.ts";
const looks = [
  { theme: "light", language: "en" },
  { theme: "dark", language: "ko" },
] as const;

describe.skipIf(problem !== undefined)("the gallery", () => {
  let browser: Browser;
  let server: PreviewServer;
  let page: Page;
  let address: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    await build({ configFile, logLevel: "warn" });
    server = await preview({ configFile, logLevel: "warn", preview: { port: 0, host: "127.0.0.1" } });
    address = server.resolvedUrls?.local[0] ?? "";
    browser = await launchBrowser();
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** What axe finds; a story is a piece of a page, so that rules about whole pages do not hold for it. */
  async function faults(): Promise<unknown[]> {
    const { violations } = await new AxeBuilder({ page })
      .disableRules(["region", "page-has-heading-one", "landmark-one-main"])
      .analyze();
    return violations.map(({ id, nodes }) => [id, nodes[0]?.target, nodes[0]?.failureSummary]);
  }

  it.each(looks)("shows every part in $theme and $language, and axe finds nothing", async (look) => {
    complaints.length = 0;
    await page.goto(`${address}?${new URLSearchParams(look)}`);
    const stories = page.locator("[data-story]");
    await stories.first().waitFor();
    for (const story of await stories.all()) {
      const box = await story.locator("> div").boundingBox();
      expect(box?.height, (await story.getAttribute("data-story")) ?? "").toBeGreaterThan(0);
    }
    // The frames are looked at one by one below.
    await page.evaluate(() => {
      for (const frame of document.querySelectorAll("[data-view]")) frame.remove();
    });
    expect(await faults()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each(looks)(
    "shows every view in $theme and $language, axe finds nothing, and on a Korean page no sentence is English",
    async (look) => {
      await page.goto(address);
      await page.locator("[data-view]").first().waitFor();
      const views = await page
        .locator("[data-view]")
        .evaluateAll((all) => all.map((one) => one.getAttribute("data-view")));
      expect(views.length).toBeGreaterThan(30);
      const found: Record<string, unknown> = {};
      for (const story of views) {
        complaints.length = 0;
        await page.goto(`${address}?${new URLSearchParams({ story: story ?? "", ...look })}`);
        // By time: axe opens a page of its own, and one that is not in front may draw no frames to poll by.
        await page.waitForFunction(() => document.body.innerText.trim() !== "", undefined, { polling: 50 });
        const english = look.language === "ko" ? await englishLines(page) : [];
        const wrong = [...(await faults()), ...complaints, ...english];
        if (wrong.length > 0) found[story ?? ""] = wrong;
      }
      expect(found).toEqual({});
    },
  );
});
