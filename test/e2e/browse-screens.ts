import type { Page } from "playwright-core";

/** Takes a picture of what is on screen, in all looks or only in the first three (light, dark, Korean). */
export type Shoot = (name: string, all: boolean) => Promise<void>;

/**
 * Pictures of the resource browser, on the cluster that is chosen with a whole release in it.
 * @param broken a workload of the release one of whose pods cannot pull its image
 */
export async function browsePictures(
  page: Page,
  shoot: Shoot,
  broken: { namespace: string; deployment: string },
): Promise<void> {
  const { origin } = new URL(page.url());
  const rows = page.locator(".grid-row[data-key]");
  const go = (hash: string) => page.goto(`${origin}/#/${hash}`);
  const show = (hash: string) => go(`browse/${hash}`);
  await show("pods");
  await rows.first().waitFor();
  await shoot("30-browse-pods", true);
  await rows.nth(2).click();
  await page.getByRole("complementary").waitFor();
  await shoot("31-browse-object", true);
  await page.keyboard.press("Escape");
  await rows.nth(1).click({ modifiers: ["ControlOrMeta"] });
  await rows.nth(4).click({ modifiers: ["Shift"] });
  await shoot("32-browse-marked", false);
  await page.keyboard.press("Escape");
  await rows.nth(3).click({ button: "right" });
  await page.getByRole("menu").waitFor();
  await page.screenshot({ path: "screenshots/33-browse-menu-light.png" });
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("dep");
  await page.getByRole("option").first().waitFor();
  await page.screenshot({ path: "screenshots/34-browse-palette-light.png" });
  await page.keyboard.press("Escape");
  await rows.first().focus();
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await page.screenshot({ path: "screenshots/35-browse-keys-light.png" });
  await page.keyboard.press("Escape");
  await show("pods?f=nothing-has-this-name");
  await page.getByRole("heading", { name: /Nothing matches/ }).waitFor();
  await shoot("36-browse-no-match", false);
  await show("customresourcedefinitions.apiextensions.k8s.io");
  await rows.first().waitFor();
  await shoot("37-browse-definitions", false);
  await somethingBroken(page, shoot, broken, show);
  await placesPictures(page, shoot, go);
}

/** One object from every side: why it is not well, its YAML, what belongs to it, its logs, a shell. */
async function somethingBroken(
  page: Page,
  shoot: Shoot,
  { namespace, deployment }: { namespace: string; deployment: string },
  show: (hash: string) => Promise<unknown>,
): Promise<void> {
  const failing = page.getByRole("row", { name: new RegExp(`${deployment}.*ImagePullBackOff`) });
  await show("pods");
  await failing.click();
  await page.getByRole("heading", { name: "Why it isn't ready" }).waitFor();
  await shoot("38-browse-why", true);
  const object = `o=${namespace}/${deployment}`;
  for (const [tab, number] of [
    ["yaml", 39],
    ["events", 40],
    ["related", 41],
    ["describe", 42],
  ] as const) {
    await show(`deployments.apps?${object}&tab=${tab}`);
    await page.getByRole("tabpanel").waitFor();
    await page.waitForTimeout(1500); // the editor's letters, the tree's branches
    await shoot(`${number}-object-${tab}`, false);
  }
  await show(`deployments.apps?${object}`);
  await page.getByRole("button", { name: /^Logs/ }).first().click();
  await page.getByRole("region", { name: "Panel" }).waitFor();
  await page.waitForTimeout(1500);
  await shoot("43-logs", true);
  await page.getByRole("region", { name: "Panel" }).getByRole("button", { name: "Hide the panel" }).click();
}

async function placesPictures(page: Page, shoot: Shoot, go: (hash: string) => Promise<unknown>): Promise<void> {
  await go("clusters");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await shoot("44-clusters", false);
  for (const tab of ["mine", "who", "subject"]) {
    await go(`access/${tab}`);
    await page.locator(".matrix").waitFor();
    await shoot(`45-access-${tab}`, false);
  }
  await go("overview");
  await page.getByRole("list", { name: "Main kinds" }).waitFor();
  await page.getByText("This cluster has no metrics API").waitFor();
  await shoot("47-overview", true);
  await go("profiles");
  await page.getByRole("row").nth(1).getByRole("button").first().click();
  await page.getByRole("complementary").waitFor();
  await shoot("48-profiles", true);
  await go("forwards");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await shoot("46-forwards", false);
}
