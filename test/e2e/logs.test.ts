import { readFile } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import { beforeAll, describe, expect, it } from "vitest";
import { useDesk } from "./desk.ts";

/** A loaded machine takes longer than a poll waits by itself. */
const patient = { timeout: 20_000 };
const rate = "practice.flowdeck.dev/log-rate";
const style = "practice.flowdeck.dev/log-style";
const width = "practice.flowdeck.dev/log-width";

describe("logs in the browser", () => {
  const desk = useDesk({ width: 1440, height: 900 });

  const list = () => desk.page.getByRole("log").first();
  const lines = () => desk.page.locator(".logs-line");
  const status = () => desk.page.locator(".logs-status").first();
  const button = (name: string | RegExp) => desk.page.getByRole("button", { name }).first();
  const key = (name: string) => desk.page.keyboard.press(name);

  beforeAll(async () => {
    const labels = { app: "talker" };
    const container = { name: "main", image: "registry.example/talker:1" };
    await desk.kubectl.apply(
      {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "talker", namespace: "default" },
        spec: {
          replicas: 2,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels, annotations: { [rate]: "40", [style]: "mixed" } },
            spec: { containers: [container, { ...container, name: "side" }] },
          },
        },
      },
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "long", namespace: "default", annotations: { [rate]: "1", [width]: "1000000" } },
        spec: { containers: [container] },
      },
    );
    await desk.kubectl.wait("deployment/talker", "condition=Available");
    await desk.kubectl.wait("pod/long", "condition=Ready");
  });

  async function openLogs(resource: string, name: string): Promise<void> {
    await desk.go(`#/browse/${resource}?c=${encodeURIComponent(desk.context)}&o=default/${name}&tab=logs`);
    await lines().first().waitFor();
  }

  it("shows all pods of a workload, and pauses where the user scrolled to", async () => {
    await openLogs("deployments.apps", "talker");
    await button("Sources: 2 pods · 4 containers").waitFor();
    await list().hover();
    await desk.page.mouse.wheel(0, -200);
    const newer = desk.page.locator(".logs-newer");
    await newer.waitFor();
    const first = await lines().first().innerText();
    const before = await newer.innerText();
    await expect.poll(() => newer.innerText(), patient).not.toBe(before);
    expect(await lines().first().innerText()).toBe(first);
    await newer.click();
    await status().getByText("following").waitFor();
    await newer.waitFor({ state: "detached" });
  });

  it("finds, goes on to the next, filters and marks, all by keys", async () => {
    await openLogs("deployments.apps", "talker");
    await list().focus();
    await key("/");
    await desk.page.keyboard.type("upstream refused");
    await key("Enter");
    const current = desk.page.locator(".logs-current");
    await current.waitFor();
    expect(await current.innerText()).toContain("upstream refused");
    expect(await current.locator("mark").innerText()).toBe("upstream refused");
    await list().focus();
    const first = await current.getAttribute("data-line");
    await key("Shift+N");
    await expect.poll(() => current.getAttribute("data-line"), patient).not.toBe(first);
    await key("n");
    await expect.poll(() => current.getAttribute("data-line"), patient).toBe(first);
    await key("m");
    await key("ArrowUp");
    await expect.poll(() => current.getAttribute("data-line"), patient).not.toBe(first);
    await key("]");
    await expect.poll(() => current.getAttribute("data-line"), patient).toBe(first);
    await status().getByText("1 bookmark").waitFor();

    await key("x");
    await desk.page.keyboard.type("Reconciled");
    await expect
      .poll(async () => (await lines().allInnerTexts()).every((text) => text.includes("Reconciled")), patient)
      .toBe(true);
    await status()
      .getByText(/of [\d,]+ lines shown/)
      .waitFor();
    await key("Escape");
    await expect
      .poll(async () => (await lines().allInnerTexts()).some((text) => !text.includes("Reconciled")), patient)
      .toBe(true);

    await key("ControlOrMeta+k");
    await desk.page.keyboard.type("Bookmark the line");
    await desk.page.getByRole("dialog").getByText("Bookmark the line").first().waitFor();
    await key("Escape");
  });

  it("saves what is shown", async () => {
    await openLogs("deployments.apps", "talker");
    await list().focus();
    const download = desk.page.waitForEvent("download");
    await key("s");
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^default-talker-\d{8}-\d{6}\.log$/);
    const text = await readFile(await file.path(), "utf8");
    expect(text.split("\n").length).toBeGreaterThan(50);
    expect(text).toMatch(/^\[talker-\w+-\w+\/(main|side)\] /);
  });

  it("clips a line of a megabyte and shows all of it when asked; says that there was no previous run", async () => {
    await openLogs("pods", "long");
    await button(/^Show all \(97\d KiB\)$/).click();
    const whole = desk.page.getByRole("region", { name: "Whole line" });
    await expect.poll(async () => (await whole.locator("pre").innerText()).length, patient).toBe(1_000_000);
    await key("Escape");
    await button("Log of the previous run").click();
    await desk.page.getByText("There was no previous run").waitFor();
    await button("Show the current run").click();
    await lines().first().waitFor();
  });

  it("has nothing for axe to complain about, in both themes", async () => {
    await openLogs("deployments.apps", "talker");
    for (const theme of ["Light", "Dark"]) {
      await desk.page.getByRole("radio", { name: theme, exact: true }).click();
      const { violations } = await new AxeBuilder({ page: desk.page }).include(".logs").analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")}`)).toEqual([]);
    }
    desk.wizard.expectNoComplaints();
  });
});
