import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { makePlace, type Place, type RunningApp, startApp } from "./app.ts";
import { launchBrowser } from "./browser.ts";

/** A browser for the tests of one `describe`, and a computer of its own for each; used inside tests and hooks only. */
export interface Places {
  readonly browser: Browser;
  readonly place: Place;
  /** The app that was started last in this place. */
  readonly app: RunningApp;
  /** Starts the app in this place; it ends with the test if not before. */
  start(options?: Parameters<typeof startApp>[1]): Promise<RunningApp>;
  /** An empty page of a person who has never been here; it is closed with the test. */
  page(options?: BrowserContextOptions): Promise<Page>;
}

/** Registers hooks that make a place before each test, and end what was started there and remove it afterwards. */
export function freshPlaces(): Places {
  let browser: Browser | undefined;
  let place: Place | undefined;
  let apps: RunningApp[] = [];
  const there = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error("It is there inside tests and hooks only, once it was started.");
    return part;
  };

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    place = await makePlace();
  });
  afterEach(async ({ task }) => {
    const contexts = browser?.contexts() ?? [];
    if (task.result?.state === "fail") for (const page of contexts.flatMap((one) => one.pages())) await print(page);
    for (const context of contexts) await context.close();
    for (const app of apps) await app.stop();
    apps = [];
    await place?.remove();
  });

  return {
    get browser() {
      return there(browser);
    },
    get place() {
      return there(place);
    },
    get app() {
      return there(apps.at(-1));
    },
    async start(options = {}) {
      const app = await startApp(there(place), options);
      apps.push(app);
      return app;
    },
    async page(options = {}) {
      const context = await there(browser).newContext({
        viewport: { width: 1280, height: 800 },
        locale: "en-US",
        ...options,
      });
      return await context.newPage();
    },
  };
}

/** What a person would have seen when a test failed. */
async function print(page: Page): Promise<void> {
  const text = await page.innerText("body", { timeout: 5000 }).catch((error: unknown) => `(no text: ${String(error)})`);
  console.error(`${page.url()}\n${text}`);
}
