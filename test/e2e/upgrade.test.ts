import { AxeBuilder } from "@axe-core/playwright";
import { beforeAll, describe, expect, it } from "vitest";
import { useDesk } from "./desk.ts";

const minute = 60_000;

describe("changing what is installed", () => {
  const desk = useDesk({ width: 1440, height: 900 });

  async function axe(): Promise<void> {
    const { violations } = await new AxeBuilder({ page: desk.page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")}`)).toEqual([]);
  }

  beforeAll(async () => {
    await desk.go("#/install/settings");
    await desk.wizard.fillSettings({ release: "Starter (offline)", name: "starter", baseDir: desk.place.baseDir });
    await desk.wizard.heading("Components").waitFor();
    await desk.wizard.button("Continue").click();
    await desk.wizard.passChecks();
    await desk.wizard.button("Install").click();
    await desk.wizard.untilInstalled("Starter (offline)");
  }, 4 * minute);

  it("shows by keyboard what goes and what stays, and starts it", { timeout: 2 * minute }, async () => {
    const { page } = desk;
    await desk.go("#/kubeflow");
    await page.getByRole("button", { name: /Upgrade…/ }).press("Enter");
    await page.getByRole("heading", { level: 1, name: "Change starter" }).waitFor();
    await page.getByText("Nothing would change.").waitFor({ timeout: minute });
    await axe();
    expect(await page.getByRole("button", { name: "Change it" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Components" }).press("Enter");
    for (const name of ["Notebooks", "Notebook check"]) await page.getByRole("checkbox", { name }).press("Space");
    await page.getByRole("button", { name: "Plan again" }).press("Enter");
    await page.getByRole("button", { name: /No longer wanted/ }).press("Enter");
    const list = page.getByRole("listbox", { name: "No longer wanted" });
    await list.getByText("notebooks.kubeflow.org").waitFor({ timeout: minute });
    await list.focus();
    await page.keyboard.press("/");
    await page.keyboard.type("definition notebooks");
    await list.focus();
    await page.keyboard.press("Home");
    await page.getByText(/^It stays: deleting it would delete/).waitFor();
    await page.keyboard.press("Space");
    expect(await page.getByRole("switch", { name: "Delete it all the same" }).isChecked()).toBe(true);
    await axe();
    await page.keyboard.press("Control+Enter");
    await desk.wizard.untilInstalled("Starter (offline)");
    expect(await desk.kubectl.text("get", "crd", "-o", "name")).not.toContain("notebooks.kubeflow.org");
  });
});
