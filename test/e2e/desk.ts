import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { type ContextId, contextId } from "../../common/contract/index.ts";
import { createTools } from "../../electron/tools/index.ts";
import { Kubectl } from "../cluster/kubectl.ts";
import { makePlace, type Place, type RunningApp, startApp } from "./app.ts";
import { launchBrowser } from "./browser.ts";
import { callFrom } from "./call.ts";
import { Wizard } from "./wizard.ts";

/** The app in a browser window with a practice cluster behind it; its parts may be used inside tests and hooks only. */
export interface Desk {
  readonly browser: Browser;
  readonly place: Place;
  readonly app: RunningApp;
  readonly page: Page;
  readonly wizard: Wizard;
  readonly kubectl: Kubectl;
  /** Id of the practice cluster's context. */
  readonly context: ContextId;
  /** Goes to an address of the app, such as `#/browse/pods`. */
  go(hash: string): Promise<void>;
  /** Asks the app's backend as the page does; gives what it answered. */
  call(method: string, input: object): Promise<unknown>;
}

/** Registers hooks that open the app for the tests of one `describe`, and close it after them. */
export function useDesk(size: { width: number; height: number } = { width: 1280, height: 800 }): Desk {
  let desk: Desk | undefined;
  const get = (): Desk => {
    if (desk === undefined) throw new Error("The app is open inside tests and hooks only.");
    return desk;
  };

  beforeAll(async () => {
    const browser = await launchBrowser();
    const place = await makePlace();
    const app = await startApp(place);
    const page = await (await browser.newContext({ viewport: size, locale: "en-US" })).newPage();
    const wizard = new Wizard(page);
    await page.goto(app.link);
    await wizard.startPractice();
    const call = (method: string, input: object) => callFrom(page, method, input);
    const list = (await call("contexts.list", {})) as { contexts: { id: string; practice: boolean }[] };
    const context = contextId.parse(list.contexts.find(({ practice }) => practice)?.id);
    const kubectl = new Kubectl(createTools(), () => `${place.dataDir}/practice/kubeconfig`);
    const go = async (hash: string): Promise<void> => {
      await page.goto(`${new URL(page.url()).origin}/${hash}`);
    };
    desk = { browser, place, app, page, wizard, kubectl, context, go, call };
  });

  afterAll(async () => {
    if (desk === undefined) return;
    await desk.browser.close();
    await desk.app.stop();
    await desk.place.remove();
  });

  beforeEach(() => {
    get().wizard.complaints.length = 0;
  });

  return {
    get browser() {
      return get().browser;
    },
    get place() {
      return get().place;
    },
    get app() {
      return get().app;
    },
    get page() {
      return get().page;
    },
    get wizard() {
      return get().wizard;
    },
    get kubectl() {
      return get().kubectl;
    },
    get context() {
      return get().context;
    },
    go: (hash) => get().go(hash),
    call: (method, input) => get().call(method, input),
  };
}
