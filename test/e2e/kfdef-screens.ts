import type { Page } from "playwright-core";
import type { Shoot } from "./browse-screens.ts";

const minute = 60_000;

/**
 * Pictures of a KfDef in the wizard, from its settings to its removal, on the connected practice cluster.
 * @param awsFile a KfDef with a plugin's form and a secret
 */
export async function kfDefPictures(page: Page, shoot: Shoot, awsFile: string): Promise<void> {
  const { origin } = new URL(page.url());
  const go = (step: string) => page.goto(`${origin}/#/install/${step}`);
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const heading = (name: string | RegExp) => page.getByRole("heading", { name, level: 1 });
  const file = (name: RegExp) => page.getByRole("radio", { name }).check({ force: true });
  const found = page.locator(".kfdef-found-line");
  const uri = page.getByRole("textbox", { name: /CONFIG_URI/ });

  await go("settings");
  await heading("Settings").waitFor();
  await page.getByRole("textbox", { name: /^Name/ }).fill("handson-kfdef");
  await file(/Kubeflow 1.0/);
  await file(/^Standard/);
  await found.getByText(/43 applications/).waitFor();
  await shoot("50-kfdef-settings", true);
  await file(/^File or URL/);
  await uri.fill("/nowhere/kfdef.yaml");
  await page.getByText(/The file .* does not exist/).waitFor();
  await shoot("51-kfdef-missing", false);
  await uri.fill(awsFile);
  await found.getByText(/42 applications/).waitFor();
  await shoot("52-kfdef-own", false);
  await button("Continue").click();
  await page.getByRole("option", { name: /^KfAwsPlugin/ }).click();
  await shoot("53-kfdef-plugin", false);
  await page.getByRole("option", { name: /secret/ }).click();
  await shoot("54-kfdef-secrets", false);
  await page.locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("\t");
  await page.getByRole("button", { name: /line 1, column 1:/ }).waitFor();
  await shoot("55-kfdef-broken", false);
  await button("Undo").click();

  await go("settings");
  await file(/^Standard/);
  await button("Continue").click();
  await page.getByRole("option", { name: "centraldashboard", exact: true }).click();
  await page.getByRole("textbox", { name: "clusterDomain", exact: true }).waitFor();
  await shoot("56-kfdef-editor", true);
  await button("Continue").click();
  await heading("Checks").waitFor();
  await button("Continue").click();
  await page.locator(".totals").waitFor({ timeout: 3 * minute });
  await shoot("57-kfdef-plan", true);
  await button("Choose replacements").click();
  await shoot("58-kfdef-images", false);
  await button("Choose replacements").click();
  await page.getByRole("button", { name: /^CustomResourceDefinition/ }).click();
  await page.locator(".conversions").scrollIntoViewIfNeeded();
  await shoot("59-kfdef-conversions", false);
  await button("Install").click();
  await heading(/^Installing/).waitFor();
  await page.locator(".timeline-ready").nth(8).waitFor({ timeout: minute });
  await page.screenshot({ path: "screenshots/60-kfdef-install-light.png" });
  await heading(/is installed$/).waitFor({ timeout: 4 * minute });
  await shoot("61-kfdef-installed", true);
  await button("Open the summary").click();
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();
  await shoot("62-kfdef-done", true);
  await button("Uninstall…").click();
  await page.getByRole("checkbox").check({ force: true });
  await button("Uninstall and delete data").click();
  await heading(/was uninstalled$/).waitFor({ timeout: 4 * minute });
}
