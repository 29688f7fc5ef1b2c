import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { eventually, Kubectl } from "../cluster/kubectl.ts";
import { describeWithCluster } from "../cluster/support.ts";
import { makePlace, type Place, type RunningApp, startApp } from "./app.ts";
import { launchBrowser } from "./browser.ts";

/** One API server under three names: each is a cluster of its own to the app. */
const names = ["prod", "staging", "개발"] as const;

await describeWithCluster("several clusters side by side", (test) => {
  let browser: Browser;
  let place: Place;
  let app: RunningApp;
  let page: Page;
  let file: string;
  let origin: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    const kubectl = new Kubectl(test.tools, () => test.kubeconfig);
    const practice = JSON.parse(await kubectl.text("config", "view", "--raw", "--flatten", "-o=json"));
    const { cluster } = practice.clusters[0];
    const { user } = practice.users[0];
    place = await makePlace();
    await mkdir(join(place.home, ".kube"));
    file = join(place.home, ".kube", "config");
    const config = {
      apiVersion: "v1",
      kind: "Config",
      "current-context": "staging",
      clusters: names.map((name) => ({ name, cluster })),
      users: [{ name: "admin", user }],
      contexts: names.map((name) => ({ name, context: { cluster: name, user: "admin" } })),
    };
    await writeFile(file, JSON.stringify(config, null, 2), { mode: 0o600 });
    app = await startApp(place);
    browser = await launchBrowser();
    page = await (await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 800 } })).newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.goto(app.link);
    origin = new URL(page.url()).origin;
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await place?.remove();
  });

  const goTo = (address: string) => page.goto(`${origin}/#/${address}`);
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const chip = () => page.locator(".cluster-chip");
  const row = (name: string) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
  const more = async (name: string, item: RegExp) => {
    await button(`More for ${name}`).click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  async function openFromPage(name: string): Promise<void> {
    await goTo("clusters");
    await button(`Open ${name}`).click();
    await page.getByRole("heading", { name: "Pods", exact: true }).waitFor();
  }

  it("opens them from the page, with a colour and read-only, and keeps each one's place", async () => {
    await goTo("clusters");
    await page.getByRole("heading", { name: "Clusters", level: 1 }).waitFor();
    await page.getByRole("button", { name: /Color of prod/ }).click();
    await page.getByRole("option", { name: "Red" }).click();
    await row("prod").getByText("Off", { exact: true }).click();
    await row("prod").getByText("On", { exact: true }).waitFor();

    await openFromPage("staging");
    const staging = page.url();
    await openFromPage("prod");
    await chip().getByText("read-only", { exact: true }).waitFor();
    await page.locator(".cluster-stripe.context-red").waitFor();
    await page.goto(page.url().replace("/pods", "/services"));
    await page.getByRole("heading", { name: "Services", exact: true }).waitFor();
    const prod = page.url();

    await page.keyboard.press("Control+1");
    await page.waitForURL(staging);
    await chip().getByText("staging", { exact: true }).waitFor();
    expect(await page.locator(".cluster-stripe").count()).toBe(0);
    await button("Switch to prod, read-only").click();
    await page.waitForURL(prod);
    await page.getByRole("heading", { name: "Services", exact: true }).waitFor();
    await page.reload();
    await button("Switch to staging").waitFor();
    await chip().getByText("prod", { exact: true }).waitFor();
  });

  it("finds one in the menu by a few letters, without a mouse", async () => {
    await chip().getByRole("button").first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("searchbox", { name: "Find a cluster…" }).waitFor();
    await page.keyboard.type("개발");
    await page.getByRole("menuitem", { name: "개발" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await chip().getByText("개발", { exact: true }).waitFor();
    await page.getByRole("heading", { name: "Services", exact: true }).waitFor();
  });

  it("acts as another user until told otherwise", async () => {
    await goTo("clusters");
    await more("개발", /Impersonate a user/);
    await page.getByRole("textbox", { name: "User" }).fill("jane");
    await page.getByRole("textbox", { name: "Groups" }).fill("readers");
    await button("Impersonate").click();
    await chip().getByText("as jane", { exact: true }).waitFor();
    await button("Show 개발").click();
    await page.getByText("User jane does not have permission to list services", { exact: false }).first().waitFor();
    await goTo("clusters");
    await more("개발", /Impersonate a user/);
    await button("Stop impersonating").click();
    await chip().getByText("as jane", { exact: true }).waitFor({ state: "detached" });
    await button("Show 개발").click();
    await page.getByText("ClusterIP", { exact: true }).first().waitFor();
  });

  it("renames and removes in the kubeconfig, each with a copy beside it, and follows what others write", async () => {
    await goTo("clusters");
    const before = await readFile(file, "utf8");
    await more("staging", /^Rename/);
    await page.getByRole("textbox", { name: "New name" }).fill("stage 2");
    await page.keyboard.press("Enter");
    await page.getByRole("rowheader", { name: "stage 2" }).getByText("current context").waitFor();
    const renamed = await readFile(file, "utf8");
    expect(renamed).toBe(
      before
        .replace('"current-context": "staging"', '"current-context": "stage 2"')
        .replace(/("contexts": [\s\S]*?"name": )"staging"/, '$1"stage 2"'),
    );
    const copies = async () => (await readdir(join(place.home, ".kube"))).filter((name) => name.endsWith(".bak"));
    expect(await readFile(join(place.home, ".kube", (await copies())[0] ?? ""), "utf8")).toBe(before);

    await more("stage 2", /^Remove/);
    await page.getByText("The cluster entry “staging” is removed too", { exact: false }).waitFor();
    await page.getByText("This is kubectl’s current context", { exact: false }).waitFor();
    await button("Remove context").click();
    await page.getByText("The kubeconfig was saved.").waitFor();
    await row("stage 2").waitFor({ state: "detached" });
    const removed = JSON.parse(await readFile(file, "utf8"));
    expect(removed.contexts.map(({ name }: { name: string }) => name)).toEqual(["prod", "개발"]);
    expect(removed.clusters.map(({ name }: { name: string }) => name)).toEqual(["prod", "개발"]);
    expect(removed.users).toHaveLength(1);
    expect(await copies()).toHaveLength(2);

    const kubectl = new Kubectl(test.tools, () => file);
    await kubectl.text("config", "set-context", "from-outside", "--cluster=prod", "--user=admin");
    await row("from-outside").waitFor();
    await kubectl.text("config", "delete-context", "from-outside");
    await row("from-outside").waitFor({ state: "detached" });
  });

  it("has nothing that axe finds, in either theme and language", async () => {
    await goTo("clusters");
    await more("prod", /Impersonate a user/);
    for (const theme of ["Light", "Dark"]) {
      await page.getByRole("radio", { name: theme, exact: true }).click();
      await eventually(async () => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
        return true;
      });
    }
    await page.locator(".top .segmented-item[lang=ko]").click();
    await page.getByRole("heading", { name: "클러스터", level: 1 }).waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
