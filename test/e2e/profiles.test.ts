import { AxeBuilder } from "@axe-core/playwright";
import { describe, expect, it } from "vitest";
import { installProfileKinds } from "../cluster/profiles-support.ts";
import { useDesk } from "./desk.ts";

const patient = { timeout: 30_000 };

describe("profiles", () => {
  const desk = useDesk({ width: 1440, height: 900 });
  const button = (name: string | RegExp) => desk.page.getByRole("button", { name });
  const row = (name: string) => desk.page.getByRole("row", { name: new RegExp(`^${name}`) });
  const field = (name: string | RegExp) => desk.page.getByRole("textbox", { name });
  const keyboard = () => desk.page.keyboard;

  async function findings(part = "body"): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: desk.page }).include(part).analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")}`);
  }

  it("are a place as soon as the cluster has them", async () => {
    await desk.go("#/profiles");
    await desk.page.getByRole("heading", { name: "This cluster has no profiles" }).waitFor();
    await desk.go("#/");
    const place = desk.page
      .getByRole("navigation", { name: "Main navigation" })
      .getByRole("link", { name: "Profiles" });
    expect(await place.count()).toBe(0);
    await installProfileKinds(desk.kubectl);
    await desk.kubectl.wait("deployment/profiles-deployment", "condition=Available");
    await place.click(patient);
    await desk.page.getByRole("heading", { name: "No profiles yet" }).waitFor(patient);
  });

  it("are created, and what they make is ticked off", async () => {
    await button("New profile").click();
    await field(/^Name/).fill("Vision");
    await desk.page.getByText("Use lowercase letters, digits, and hyphens.").waitFor();
    await field(/^Name/).fill("vision-lab");
    await button("Create profile").click();
    await desk.page.getByText("Enter an email address.").waitFor();
    await field(/^Owner/).fill("user@example.com");
    await keyboard().press("Enter");
    const pane = desk.page.getByRole("complementary", { name: "vision-lab" });
    await pane.getByText("5 / 5").waitFor(patient);
    await row("vision-lab").getByText("Ready").waitFor(patient);
    expect(await row("vision-lab").innerText()).toMatch(/0\s+\/ 4\s[\s\S]*0\s+\/ 16 Gi/);
  });

  it("are shared by keyboard, and the pane follows", async () => {
    await button("vision-lab").focus();
    await keyboard().press("s");
    await desk.page.getByRole("dialog", { name: "Share vision-lab" }).waitFor();
    await field("Person").fill("admin@example.com");
    await desk.page.getByText("user-admin-example-com-clusterrole-edit").first().waitFor();
    expect(await findings()).toEqual([]);
    await keyboard().press("Enter");
    const pane = desk.page.getByRole("complementary", { name: "vision-lab" });
    await pane.getByText("admin@example.com").waitFor(patient);
    await pane.getByRole("radio", { name: "View" }).click();
    await button("Share").last().click();
    await expect
      .poll(() => pane.getByRole("radio", { name: "View" }).getAttribute("aria-checked"), patient)
      .toBe("true");
    await button("Remove admin@example.com").click();
    await button("Remove").last().click();
    await expect.poll(() => pane.getByText("admin@example.com").count(), patient).toBe(0);
  });

  it("have PodDefaults, made and deleted in their pane, and show pull secrets", async () => {
    const pane = desk.page.getByRole("complementary", { name: "vision-lab" });
    await pane.getByText("none: images are pulled without credentials").first().waitFor(patient);
    await pane.getByRole("button", { name: "New…" }).click();
    const dialog = desk.page.getByRole("dialog", { name: "New PodDefault in vision-lab" });
    await dialog.getByRole("radio", { name: /^Pipelines token/ }).click({ force: true });
    expect(await field(/^Name/).inputValue()).toBe("access-ml-pipeline");
    await dialog.getByRole("radio", { name: /^Variables/ }).click({ force: true });
    await dialog.getByRole("textbox", { name: /^Variables/ }).fill("TZ");
    await button("Create PodDefault").click();
    await dialog.getByText("Line 1 is not of the form NAME=value.").waitFor(patient);
    await dialog.getByRole("textbox", { name: /^Variables/ }).fill("TZ=Asia/Seoul");
    expect(await findings("[role=dialog]")).toEqual([]);
    await button("Create PodDefault").click();
    await pane.getByText("access-ml-pipeline=true").waitFor(patient);
    await button("Delete PodDefault access-ml-pipeline").click();
    await button("Delete PodDefault").last().click();
    await expect.poll(() => pane.getByText("access-ml-pipeline=true").count(), patient).toBe(0);
  });

  it("come from a class list, after a look at the plan", async () => {
    await button("Class list…").click();
    await field("Or paste it here").fill("profile,owner\nTeam,ann@example.com\n");
    await button("Show plan").click();
    await desk.page.getByText("1 line has to be corrected").waitFor();
    expect(await button(/^Apply/).isDisabled()).toBe(true);
    await button("Back to the list").click();
    const lines = ["team-a", "team-b"].map((name) => `${name},${name}@example.com,teacher@example.com:view,medium`);
    await field("Or paste it here").fill(["profile,owner,members,quota", ...lines].join("\n"));
    await button("Show plan").click();
    await desk.page.getByText("2 to create").waitFor();
    expect(await findings("[role=dialog]")).toEqual([]);
    await button("Apply to 2 profiles").click();
    await desk.page.getByText("2 profiles done.").waitFor(patient);
    await button("Close").last().click();
    await row("team-b").getByText("Ready").waitFor(patient);
  });

  it("are deleted after their name was typed", async () => {
    await button("team-a").focus();
    await keyboard().press("ArrowDown");
    expect(await button("team-b").evaluate((one) => one === document.activeElement)).toBe(true);
    await keyboard().press("Delete");
    const dialog = desk.page.getByRole("dialog", { name: "Delete team-b" });
    await dialog.getByText(/objects in it will be deleted/).waitFor(patient);
    expect(await button("Delete profile").isDisabled()).toBe(true);
    await dialog.getByRole("textbox").fill("team-b");
    await button("Delete profile").click();
    await expect.poll(() => row("team-b").getByText("Ready").count(), patient).toBe(0);
  });

  it("read well in Korean and in both themes", async () => {
    await desk.go("#/profiles/vision-lab");
    await desk.page.locator(".top .segmented-item[lang=ko]").click();
    await desk.page.getByRole("heading", { name: "프로파일", level: 1 }).waitFor();
    await row("vision-lab").getByText("준비됨").waitFor();
    for (const theme of ["어둡게", "밝게"]) {
      await desk.page.getByRole("radio", { name: theme, exact: true }).click();
      expect(await findings()).toEqual([]);
    }
    desk.wizard.expectNoComplaints();
  });
});
