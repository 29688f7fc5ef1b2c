import type { Page } from "playwright-core";

/** Takes a picture of what is on screen, in all looks or only in the first three (light, dark, Korean). */
export type Shoot = (name: string, all: boolean) => Promise<void>;

/** Pictures of the resource browser, on the cluster that is chosen with a whole release in it. */
export async function browsePictures(page: Page, shoot: Shoot): Promise<void> {
  const { origin } = new URL(page.url());
  const rows = page.locator(".grid-row[data-key]");
  const show = (hash: string) => page.goto(`${origin}/#/browse/${hash}`);
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
}
