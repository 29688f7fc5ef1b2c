/**
 * `npm run screenshots`: drives the real app through a whole installation on a practice cluster and writes each screen
 * to screenshots/ (git ignores it): light, dark, Korean, 1280 × 800, 1920 × 1080 and 1024 × 640. Each is also checked
 * with axe in both themes; findings are printed and make it fail. With --starter it installs the small release only.
 */
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { createTools } from "../../electron/tools/index.ts";
import { Kubectl } from "../cluster/kubectl.ts";
import { kubeflowMirror, makePlace, startApp } from "./app.ts";
import { browsePictures } from "./browse-screens.ts";
import { launchBrowser } from "./browser.ts";
import { callFrom } from "./call.ts";
import { englishLines } from "./english-lines.ts";
import { kfDefPictures } from "./kfdef-screens.ts";

interface Variant {
  suffix: string;
  width: number;
  height: number;
  theme: "Light" | "Dark";
  language: "English" | "한국어";
  axe: boolean;
}

const base = { width: 1280, height: 800, theme: "Light", language: "English", axe: false } as const;
const light: Variant = { ...base, suffix: "light", axe: true };
const variants: readonly Variant[] = [
  light,
  { ...base, suffix: "dark", theme: "Dark", axe: true },
  { ...base, suffix: "ko", language: "한국어" },
  { ...base, suffix: "ko-dark", language: "한국어", theme: "Dark" },
  { ...base, suffix: "large", width: 1920, height: 1080 },
  { ...base, suffix: "small", width: 1024, height: 640 },
];

const starterOnly = process.argv.includes("--starter") || !existsSync(kubeflowMirror);
const title = starterOnly ? "Starter (offline)" : "Kubeflow 26.03.1";
const folder = fileURLToPath(new URL("../../screenshots", import.meta.url));
const minute = 60_000;
const findings: string[] = [];

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { name, level: 1 });

/** The switches in the top bar; English names, so the language is set last and set back first. */
async function look(page: Page, variant: Variant): Promise<void> {
  await page.setViewportSize({ width: variant.width, height: variant.height });
  await page.locator(".top .segmented-item[lang=en]").click();
  await page.getByRole("radio", { name: variant.theme, exact: true }).click();
  if (variant.language === "한국어") await page.locator(".top .segmented-item[lang=ko]").click();
  await page.mouse.move(0, 0);
  await page.evaluate(async () => {
    await document.fonts.ready;
  });
}

async function shoot(page: Page, name: string, only: readonly Variant[] = variants): Promise<void> {
  for (const variant of only) {
    await look(page, variant);
    await page.waitForTimeout(250); // motion is at most 140 ms
    await page.screenshot({ path: join(folder, `${name}-${variant.suffix}.png`) });
    if (variant.axe) await check(page, `${name}-${variant.suffix}`);
    if (variant.suffix === "ko") {
      for (const line of await englishLines(page)) findings.push(`${name}-ko: English: ${line}`);
    }
  }
  await look(page, light);
  console.log(name);
}

async function check(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  for (const { id, help, nodes } of violations) {
    const where = nodes.slice(0, 3).map((node) => node.target.join(" "));
    findings.push(`${name}: ${id}: ${help}: ${where.join(" | ")}`);
  }
}

/** Gives a Deployment an image that no registry has. */
async function breakOne(page: Page): Promise<{ namespace: string; deployment: string }> {
  await setFaults(page, [{ id: "absent", kind: "image-pull", image: "*:absent" }]);
  const kubectl = new Kubectl(createTools(), () => `${place.dataDir}/practice/kubeconfig`);
  const [first = ""] = (await kubectl.text("get", "deployments", "-n", "kubeflow", "-o", "name")).split("\n");
  const deployment = first.replace("deployment.apps/", "");
  const container = await kubectl.text(
    "get",
    first,
    "-n",
    "kubeflow",
    "-o",
    "jsonpath={.spec.template.spec.containers[0].name}",
  );
  await kubectl.text("set", "image", first, "-n", "kubeflow", `${container}=ghcr.io/kubeflow/${deployment}:absent`);
  return { namespace: "kubeflow", deployment };
}

/** Faults have no button in the wizard: they are for practice and tests. */
async function setFaults(page: Page, faults: readonly object[]): Promise<void> {
  await callFrom(page, "practice.setFaults", { faults });
}

async function pictures(page: Page, home: string, baseDir: string): Promise<void> {
  await heading(page, /step by step/).waitFor();
  await page.getByText("clusters in your kubeconfig").waitFor();
  await shoot(page, "01-home-empty");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await page.screenshot({ path: join(folder, "02-palette-light.png") });
  await check(page, "02-palette-light");
  await page.keyboard.press("Escape");
  await page.goto(`${new URL(page.url()).origin}/#/install/cluster`);
  await heading(page, "Where should Kubeflow run?").waitFor();
  await shoot(page, "03-cluster-empty");
  await mkdir(join(home, ".kube"), { recursive: true });
  await writeFile(
    join(home, ".kube", "config"),
    "apiVersion: v1\nkind: Config\ncontexts:\n  - name: lab\n context: {\n",
  );
  await page.getByText("added by you").or(page.getByText("default file")).first().waitFor();
  await shoot(page, "04-cluster-broken-file", variants.slice(0, 3));
  await rm(join(home, ".kube"), { recursive: true });
  await page.getByText("default file").waitFor({ state: "detached" });
  await button(page, "Start practice cluster").click();
  await page.locator(".start-steps").waitFor();
  await page.screenshot({ path: join(folder, "05-cluster-starting-light.png") });
  await page.getByText("API server response").waitFor({ timeout: 6 * minute });
  await shoot(page, "06-cluster-connected");
  await button(page, "Continue").click();

  await heading(page, "Settings").waitFor();
  await page.getByRole("radio", { name: new RegExp(title.replace(/[()]/g, "\\$&")) }).check({ force: true });
  await page.getByRole("textbox", { name: /^Base folder/ }).fill(baseDir);
  await page.getByRole("textbox", { name: /^Name/ }).fill("Hands On");
  const secret = page.locator("input[type=password]");
  if (!starterOnly) await secret.fill("12341234");
  await button(page, "Continue").click();
  await page.locator(".error-summary").waitFor();
  await shoot(page, "07-settings-problems", variants.slice(0, 3));
  await page.getByRole("textbox", { name: /^Name/ }).fill("handson-kubeflow");
  if (!starterOnly) await secret.fill("correct horse battery");
  await page.getByText("free").first().waitFor();
  await shoot(page, "08-settings");
  await button(page, "Continue").click();

  await heading(page, "Components").waitFor();
  await shoot(page, "09-components");
  const kubectl = new Kubectl(createTools(), () => `${place.dataDir}/practice/kubeconfig`);
  await kubectl.text("annotate", "storageclass", "standard", "storageclass.kubernetes.io/is-default-class-");
  await button(page, "Continue").click();
  await heading(page, "Checks").waitFor();
  await page.getByRole("button", { name: "Make standard the default" }).click();
  await page.locator(".checks-running").waitFor({ state: "detached", timeout: 2 * minute });
  await shoot(page, "09b-checks");
  await page.getByRole("button", { name: "Make standard the default" }).click();
  await page.getByText("The cluster can take this installation").waitFor();
  await shoot(page, "09c-checks-passed", variants.slice(0, 3));
  await button(page, "Continue").click();
  await heading(page, "Plan").waitFor();
  await page.screenshot({ path: join(folder, "10-plan-preparing-light.png") });
  await page.locator(".totals").waitFor({ timeout: 2 * minute });
  await shoot(page, "11-plan");

  const failing = starterOnly ? "*dashboard*" : "kserve-controller-manager";
  await setFaults(page, [{ id: "picture", workload: failing, kind: "image-pull" }]);
  await button(page, "Install").click();
  await heading(page, /^Installing/).waitFor();
  await page.locator(".timeline-ready, .timeline-starting").first().waitFor({ timeout: minute });
  await shoot(page, "12-install-running");
  await page
    .locator(".install .banner-bad")
    .first()
    .waitFor({ timeout: 2 * minute });
  await shoot(page, "13-install-problem");
  await button(page, "Log").click();
  await shoot(page, "14-install-log", variants.slice(0, 3));
  await button(page, "Log").click();
  await button(page, "Stop…").click();
  await shoot(page, "15-install-cancel", variants.slice(0, 3));
  await button(page, "Stop").click();
  await heading(page, /stopped$/).waitFor({ timeout: minute });
  await shoot(page, "16-install-cancelled", variants.slice(0, 3));
  await setFaults(page, []);
  await button(page, "Continue installing").click();
  await heading(page, /is installed$/).waitFor({ timeout: 4 * minute });
  await shoot(page, "17-installed");
  await button(page, "Open the summary").click();
  await button(page, "Open the dashboard").click();
  await page.locator(".dashboard-address").waitFor();
  await page.bringToFront();
  await shoot(page, "18-done");
  await page.goto(`${new URL(page.url()).origin}/#/`);
  await heading(page, /step by step/).waitFor();
  await shoot(page, "19-home-installed");
  await page.goto(`${new URL(page.url()).origin}/#/kubeflow`);
  await page.locator(".kubeflow-title .tag-ok").waitFor();
  await page.getByText(/objects are as they were installed\.$/).waitFor();
  await shoot(page, "19-kubeflow");
  await browsePictures(
    page,
    (name, all) => shoot(page, name, all ? variants : variants.slice(0, 3)),
    await breakOne(page),
  );
  await page.goto(`${new URL(page.url()).origin}/#/install/done`);
  await button(page, "Uninstall…").click();
  await shoot(page, "20-uninstall", variants.slice(0, 3));
  await page.getByRole("checkbox").check({ force: true });
  await button(page, "Uninstall and delete data").click();
  await heading(page, /^Uninstalling|was uninstalled$/).waitFor();
  await page.screenshot({ path: join(folder, "21-removing-light.png") });
  await heading(page, /was uninstalled$/).waitFor({ timeout: 4 * minute });
  await shoot(page, "22-removed", variants.slice(0, 3));
  if (!starterOnly)
    await kfDefPictures(
      page,
      (name, all) => shoot(page, name, all ? variants : variants.slice(0, 3)),
      join(kubeflowMirror, "kfdef", "kfctl_aws.v1.0.0.yaml"),
    );
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder);
const place = await makePlace();
const app = await startApp(place, starterOnly ? {} : { mirror: kubeflowMirror });
const browser = await launchBrowser();
try {
  const context = await browser.newContext({ locale: "en-US", colorScheme: "light" });
  const page = await context.newPage();
  page.on("pageerror", (error) => findings.push(`page: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") findings.push(`console: ${message.text()}`);
  });
  await page.goto(app.link);
  await pictures(page, place.home, place.baseDir);
  const reported = findings.length;
  await app.stop();
  await page.locator(".connection").waitFor();
  await page.screenshot({ path: join(folder, "23-connection-lost-light.png") });
  findings.length = reported; // a server that is gone is an error in the console
} catch (error) {
  for (const [index, page] of browser
    .contexts()
    .flatMap((context) => context.pages())
    .entries())
    await page.screenshot({ path: join(folder, `99-failed-${index}.png`) });
  findings.push(error instanceof Error ? error.message : String(error));
} finally {
  await browser.close();
  await app.stop();
  await place.remove();
}
for (const finding of findings) console.log(finding);
console.log(`${folder}: ${findings.length === 0 ? "nothing to complain about" : `${findings.length} findings`}`);
process.exitCode = findings.length === 0 ? 0 : 1;
