import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { isFocused, press, tabTo, type } from "./keys.ts";
import { freshPlaces } from "./places.ts";
import { Wizard } from "./wizard.ts";

describe("without a mouse", () => {
  const places = freshPlaces();

  async function open(): Promise<{ page: Page; wizard: Wizard }> {
    const { link } = await places.start();
    const page = await places.page();
    const wizard = new Wizard(page);
    await page.goto(link);
    return { page, wizard };
  }

  it("goes from the first screen to an installed starter", async () => {
    const { page, wizard } = await open();
    await press(page, wizard.button("Start practice cluster"));
    await wizard.heading("Where should Kubeflow run?").waitFor();
    expect(await isFocused(wizard.heading("Where should Kubeflow run?"))).toBe(true);
    await page.getByText("API server response").waitFor({ timeout: 360_000 });
    await press(page, wizard.button("Continue"));

    await wizard.heading("Settings").waitFor();
    await type(page, page.getByRole("textbox", { name: /^Name/ }), "by-keys");
    await type(page, page.getByRole("textbox", { name: /^Base folder/ }), places.place.baseDir);
    const starter = page.getByRole("radio", { name: /Starter \(offline\)/ });
    const release = page.getByRole("radiogroup", { name: /^Release/ });
    await tabTo(page, release.getByRole("radio", { checked: true }));
    while (!(await starter.isChecked())) await page.keyboard.press("ArrowRight");
    await type(page, page.getByRole("textbox", { name: "Email" }), "student@example.com");
    await press(page, wizard.button("Continue"));

    await wizard.heading("Components").waitFor();
    await press(page, wizard.button("Continue"));
    await wizard.heading("Checks").waitFor();
    await press(page, wizard.button("Continue"));
    await wizard.heading("Plan").waitFor();
    await press(page, wizard.button("Install"));
    await wizard.untilInstalled("Starter (offline)");
    await press(page, wizard.button("Open the summary"));
    await page.getByRole("heading", { name: "Dashboard" }).waitFor();

    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("go to home");
    await page.keyboard.press("Enter");
    await wizard.heading(/step by step/).waitFor();
    wizard.expectNoComplaints();
  });

  it("is led to each field that is wrong, and to a kubeconfig's broken line", async () => {
    await mkdir(join(places.place.home, ".kube"));
    await writeFile(join(places.place.home, ".kube", "config"), "apiVersion: v1\nkind: Config\ncontexts: [\n");
    const { page, wizard } = await open();
    await press(page, wizard.button("Start practice cluster"));
    const broken = page.getByText(/config.*line \d/i).first();
    await broken.waitFor();
    await page.getByText("API server response").waitFor({ timeout: 360_000 });
    await press(page, wizard.button("Continue"));

    await type(page, page.getByRole("textbox", { name: /^Name/ }), "Not A Name");
    await type(page, page.getByRole("textbox", { name: "Email" }), "nobody");
    await press(page, wizard.button("Continue"));
    await page.getByText(/settings need attention/).waitFor();
    const first = page.getByRole("alert").getByRole("link", { name: /^Name/ });
    await press(page, first);
    expect(await isFocused(page.getByRole("textbox", { name: /^Name/ }))).toBe(true);
    wizard.expectNoComplaints();
  });
});
