import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { everyObject, everyPod } from "../cluster/every-object.ts";
import { kubeflowMirror } from "./app.ts";
import { isFocused, press, tabTo, type } from "./keys.ts";
import { freshPlaces } from "./places.ts";
import { Wizard } from "./wizard.ts";

const title = "Kubeflow 1.0 – KfDef";
const missing = existsSync(join(kubeflowMirror, "kfdef")) ? "" : " (skipped: ../shared/kubeflow is missing)";

/** Nothing in it that anybody could build: each line that is wrong has to be named. */
const wrong = `apiVersion: kfdef.apps.kubeflow.org/v1
kind: KfDef
metadata:
  namespace: kubeflow
spec:
  applications:
  - name: istio
    kustomizeConfig:
      repoRef: {name: manifests, path: [3]}
  - name: istio
    kustomizeConfig:
      repoRef: {name: manifests, path: ../../etc}
  repos:
  - name: manifests
    uri: https://github.com/kubeflow/manifests/archive/v1.0.0.tar.gz
  version: v1.0.0
`;

/** A line that is announced when it changes, by its words. */
const saying = (page: Page, words: string) => page.getByRole("status").filter({ hasText: new RegExp(`^${words}$`) });

describe.skipIf(missing !== "")(`a KfDef in the wizard${missing}`, () => {
  const places = freshPlaces();

  async function open(): Promise<{ page: Page; wizard: Wizard }> {
    const { link } = await places.start({ mirror: kubeflowMirror });
    const page = await places.page();
    const wizard = new Wizard(page);
    await page.goto(link);
    await wizard.startPractice();
    return { page, wizard };
  }

  const kubeconfig = () => join(places.place.dataDir, "practice", "kubeconfig");

  it("is built, applied and removed: Standard, 43 applications", async () => {
    const { page, wizard } = await open();
    const before = await everyObject(kubeconfig());
    await wizard.fillSettings({
      release: title,
      file: "Standard",
      name: "handson-kubeflow",
      baseDir: places.place.baseDir,
    });
    await wizard.planKfDef(43);
    const conversions = page.getByRole("region", { name: /objects changed for this cluster/ });
    const definitions = conversions.getByRole("button", { name: /^CustomResourceDefinition/ });
    expect(await definitions.first().textContent()).toMatch(/apiextensions\.k8s\.io\/v1beta1.*v1\d+$/);
    await definitions.first().click();
    await conversions
      .getByText(/istio\.io|kubeflow\.org/)
      .first()
      .waitFor();

    await wizard.button("Choose replacements").click();
    const image = page.getByRole("row", { name: /ml-pipeline\/frontend|ml-pipeline\/visualization-server/ }).first();
    const gone = (await image.getByRole("rowheader").locator(".mono").textContent()) ?? "";
    await image.getByRole("textbox").fill("registry.example.com/copies/one:1.0");
    await wizard.button("Update the plan with these images").click();
    await page.getByText("1 replaced", { exact: true }).waitFor();
    await page.getByRole("button", { name: /^\d+ images \d+ registries$/ }).click();
    await page
      .getByRole("listitem")
      .getByText("registry.example.com/copies/one:1.0", { exact: true })
      .first()
      .waitFor();
    expect(await page.getByRole("listitem").getByText(gone, { exact: true }).count()).toBe(0);

    await wizard.button("Install").click();
    await wizard.untilInstalled(title);

    const pods = await everyPod(kubeconfig());
    expect(pods.length).toBeGreaterThan(30);
    expect(pods.filter((pod) => pod.phase !== "Running" && pod.phase !== "Succeeded")).toEqual([]);
    await wizard.button("Log").click();
    await page.getByText("Applied the configuration Successfully!").waitFor();
    const kfDir = join(places.place.baseDir, "handson-kubeflow");
    expect(await readdir(join(kfDir, "kustomize"))).toHaveLength(43);
    expect(await readdir(kfDir)).toContain("kfctl_k8s_istio.v1.0.0.yaml");

    await wizard.openDone();
    await page.getByText("http://<node>:31380").waitFor();
    await page.getByText(/No sign-in: everyone is/).waitFor();
    await wizard.button("Open the dashboard").click();
    const address = await page.locator("a.dashboard-address").getAttribute("href");
    expect((await fetch(address ?? "")).headers.get("x-flowdeck-simulated")).toBe("true");

    await wizard.uninstall(title, { data: true });
    expect(await everyObject(kubeconfig())).toEqual(before);
    wizard.expectNoComplaints();
  });

  it("is built, applied and removed: Dex, with the password that was chosen", async () => {
    const { page, wizard } = await open();
    const before = await everyObject(kubeconfig());
    const password = "correct horse battery";
    await wizard.fillSettings({
      release: title,
      file: "Dex",
      name: "with-dex",
      baseDir: places.place.baseDir,
      email: "student@example.com",
      password,
    });
    await wizard.planKfDef(42);
    await wizard.button("Install").click();
    await wizard.untilInstalled(title);
    const pods = await everyPod(kubeconfig());
    expect(pods.filter((pod) => pod.phase !== "Running" && pod.phase !== "Succeeded")).toEqual([]);
    await wizard.openDone();
    await page.getByText("student@example.com", { exact: true }).waitFor();
    await page.getByText("Sign in with the email and password you chose.").waitFor();

    const config = join(places.place.baseDir, "with-dex", "kfctl_istio_dex.v1.0.0.yaml");
    const written = await readFile(config, "utf8");
    expect(written).toMatch(/clusterName: \S+/);
    expect(written).not.toContain(password);
    await writeFile(config, written.replace(/clusterName: \S+/, "clusterName: another-cluster"));
    await wizard.button("Uninstall…").click();
    await wizard.button("Uninstall").click();
    await page
      .getByText(/another-cluster/)
      .first()
      .waitFor();
    await page.getByRole("checkbox").check({ force: true });
    await wizard.button("Uninstall anyway").click();
    await wizard.heading(/was uninstalled/).waitFor({ timeout: 240_000 });
    expect(await everyObject(kubeconfig())).toEqual(before);
    wizard.expectNoComplaints();
  });

  it("is edited by keys, by its forms and as text, and stays edited after a reload", async () => {
    const { page, wizard } = await open();
    await wizard.fillSettings({ release: title, file: "Standard", name: "edited", baseDir: places.place.baseDir });
    await wizard.heading("Components").waitFor();
    const list = page.getByRole("listbox", { name: "Contents of the KfDef" });
    const option = (name: string) => list.getByRole("option", { name, exact: true });
    const status = (words: string) => saying(page, words);
    const text = page.locator(".cm-content");

    await option("istio-crds").click();
    await page.keyboard.press("Alt+ArrowDown");
    await status("2 of 43").waitFor();
    await wizard.button("Move istio-crds up").click();
    await status("1 of 43").waitFor();
    await option("istio-install").click();
    await page.keyboard.press("Delete");
    await status("42 applications").waitFor();
    expect(await option("istio-install").count()).toBe(0);
    expect(await option("cluster-local-gateway").getAttribute("aria-selected")).toBe("true");

    await option("centraldashboard").click();
    const overlay = page.getByRole("checkbox", { name: "istio" });
    expect(await overlay.isChecked()).toBe(true);
    await overlay.click({ force: true });
    await expect.poll(() => overlay.isChecked()).toBe(false);
    const parameter = page.getByRole("textbox", { name: "clusterDomain", exact: true });
    expect(await parameter.getAttribute("placeholder")).toBe("cluster.local");
    await parameter.fill("example.org");
    await parameter.press("Enter");
    await expect.poll(() => text.textContent()).toContain("value: example.org");

    await text.click();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.type("\t");
    await page.getByRole("button", { name: /line 1, column 1:/ }).waitFor();
    expect(await wizard.button("Continue").isEnabled()).toBe(false);
    await wizard.button("Undo").click();
    await status("No issues.").waitFor();

    await page.reload();
    await status("42 applications").waitFor();
    await option("centraldashboard").click();
    await expect.poll(() => overlay.isChecked()).toBe(false);
    await wizard.button("Undo all edits").click();
    await status("43 applications").waitFor();
    wizard.expectNoComplaints();
  });

  it("is chosen, edited and planned without a mouse", async () => {
    const { page, wizard } = await open();
    await wizard.heading("Settings").waitFor();
    await type(page, page.getByRole("textbox", { name: /^Name/ }), "by-keys");
    await type(page, page.getByRole("textbox", { name: /^Base folder/ }), places.place.baseDir);
    const release = page.getByRole("radio", { name: new RegExp(title) });
    await tabTo(page, page.getByRole("radiogroup", { name: /^Release/ }).getByRole("radio", { checked: true }));
    while (!(await release.isChecked())) await page.keyboard.press("ArrowRight");
    const file = page.getByRole("radiogroup", { name: "Sign-in" });
    await tabTo(page, file.getByRole("radio", { name: /^Standard/ }));
    await page.keyboard.press("ArrowRight");
    await page.getByText(/kfctl_istio_dex.*42 applications/).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.getByText(/kfctl_k8s_istio.*43 applications/).waitFor();
    await press(page, wizard.button("Continue"));

    await wizard.heading("Components").waitFor();
    const option = (name: string) => page.getByRole("option", { name, exact: true });
    await tabTo(page, option("istio-crds"));
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Alt+ArrowUp");
    await saying(page, "1 of 43").waitFor();
    expect(await isFocused(option("istio-install"))).toBe(true);
    await page.keyboard.press("End");
    await page.keyboard.press("Delete");
    await saying(page, "42 applications").waitFor();
    // through the forms and the text to the buttons: the text's Tab indents until Escape lets it go
    await tabTo(page, page.locator(".cm-content"));
    await page.keyboard.press("Escape");
    await press(page, wizard.button("Continue"));
    await wizard.heading("Checks").waitFor();
    await press(page, wizard.button("Continue"));
    await wizard.heading("Plan").waitFor();
    await page.locator(".totals").waitFor({ timeout: 180_000 });
    const definitions = page.getByRole("button", { name: /^CustomResourceDefinition/ });
    await press(page, definitions);
    expect(await definitions.getAttribute("aria-expanded")).toBe("true");
    wizard.expectNoComplaints();
  });

  it("of one's own is refused with every line that is wrong, and goes on once it is right", async () => {
    const file = join(places.place.folder, "own.yaml");
    await writeFile(file, wrong);
    const { page, wizard } = await open();
    await wizard.heading("Settings").waitFor();
    await page.getByRole("radio", { name: new RegExp(title) }).check({ force: true });
    await page.getByRole("textbox", { name: /^Base folder/ }).fill(places.place.baseDir);
    await page.getByRole("radio", { name: /^File or URL/ }).check({ force: true });
    await wizard.button("Continue").click();
    await page.getByText("Enter a path or URL.").first().waitFor();
    const uri = page.getByRole("textbox", { name: /CONFIG_URI/ });
    await uri.fill(join(places.place.folder, "nothing.yaml"));
    await page.getByText(/The file .* does not exist/).waitFor();
    const language = (code: string) => page.locator(`.top .segmented-item[lang=${code}]`);
    await language("ko").click();
    await page.getByText(/파일이 없습니다: .*nothing\.yaml/).waitFor();
    expect(await page.getByText(/The file .* does not exist/).count()).toBe(0);
    // Nothing answers there: no English sentence says so, but for somebody else's words, which are marked.
    await uri.fill("http://127.0.0.1:9/kfdef.yaml");
    await page
      .getByText(/127\.0\.0\.1:9 서버가 연결을 거부합니다/)
      .first()
      .waitFor();
    const said = await page.locator("main").first().innerText();
    const english = said.split("\n").filter((line) => /[a-z]{3,} [a-z]{2,} [a-z]{2,}/.test(line));
    expect(english.filter((line) => !line.startsWith("원문 메시지: "))).toEqual([]);
    await language("en").click();
    await uri.fill(file);
    const issues = page.getByRole("list", { name: "Issues in the KfDef" });
    for (const place of ["line 9, column 40:", "line 10, column 11:", "line 12, column 40:"])
      await issues.getByText(place).waitFor();
    expect(await page.locator(".copy-text").first().textContent()).toContain(`export CONFIG_URI=${file}`);
    await wizard.button("Continue").click();
    await wizard.heading("Components").waitFor();
    await page.getByText("Fix the errors to continue.").waitFor();
    expect(await wizard.button("Continue").isEnabled()).toBe(false);

    const right = (await readFile(file, "utf8"))
      .replace("path: [3]", "path: istio/istio-crds")
      .replace("  - name: istio\n    kustomizeConfig:\n      repoRef: {name: manifests, path: ../../etc}\n", "");
    await page.locator(".cm-content").click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(right);
    await expect.poll(() => wizard.button("Continue").isEnabled()).toBe(true);
    await saying(page, "1 application").waitFor();
    wizard.expectNoComplaints();
  });

  it("for a cloud asks for its fields and its secret, and keeps the secret nowhere", async () => {
    const { page, wizard } = await open();
    await wizard.heading("Settings").waitFor();
    await page.getByRole("radio", { name: new RegExp(title) }).check({ force: true });
    await page.getByRole("textbox", { name: /^Base folder/ }).fill(places.place.baseDir);
    await page.getByRole("radio", { name: /^File or URL/ }).check({ force: true });
    await page
      .getByRole("textbox", { name: /CONFIG_URI/ })
      .fill(join(kubeflowMirror, "kfdef", "kfctl_aws.v1.0.0.yaml"));
    await page
      .getByRole("status")
      .filter({ hasText: /42 applications/ })
      .waitFor();
    await wizard.button("Continue").click();
    await wizard.heading("Components").waitFor();
    await page.getByRole("option", { name: /^KfAwsPlugin/ }).click();
    const region = page.getByRole("textbox", { name: /^region/ });
    await region.fill("ap-northeast-2");
    await region.press("Enter");
    await expect.poll(() => page.evaluate(() => localStorage.getItem("flowdeck.draft"))).toContain("ap-northeast-2");
    await page.getByText("Enter the secret values to continue.").waitFor();
    await page.getByRole("option", { name: /^1 secret/ }).click();
    await page.locator("input[type=password]").fill("only-in-memory");
    await expect.poll(() => wizard.button("Continue").isEnabled()).toBe(true);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("only-in-memory");
    wizard.expectNoComplaints();
  });
});
