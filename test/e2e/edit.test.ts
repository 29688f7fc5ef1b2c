import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventually, type Kubectl } from "../cluster/kubectl.ts";
import { useDesk } from "./desk.ts";
import type { Wizard } from "./wizard.ts";

describe("editing an object", () => {
  const desk = useDesk({ width: 1440, height: 900 });
  let page: Page;
  let wizard: Wizard;
  let kubectl: Kubectl;

  beforeAll(async () => {
    ({ page, wizard, kubectl } = desk);
    page.setDefaultTimeout(20_000);
    await kubectl.text("create", "deployment", "shop", "--image=registry.example/shop:brokn");
    await kubectl.text("create", "secret", "generic", "login", "--from-literal=password=open-sesame");
  });
  beforeEach(async () => {
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
    wizard.complaints.length = 0;
  });

  const editor = () => page.locator(".cm-content[contenteditable=true]");
  const image = () => kubectl.text("get", "deploy", "shop", "-o", "jsonpath={..image}");

  async function openYaml(resource: string, name: string): Promise<void> {
    await desk.go(`#/browse/${resource}?c=${encodeURIComponent(desk.context)}&ns=default&o=default/${name}&tab=yaml`);
    await page.getByRole("textbox", { name: `YAML of ${name}` }).waitFor();
  }

  async function beginEdit(): Promise<void> {
    await page.locator(".yaml-bar").getByRole("button", { name: "Edit" }).click();
    await editor().waitFor();
  }

  /** Finds a text in the editor and types over it, as a person does with Ctrl-F. */
  async function typeOver(found: string, text: string): Promise<void> {
    await editor().focus();
    await page.keyboard.press("ControlOrMeta+f");
    await page.getByRole("textbox", { name: "Find", exact: true }).waitFor();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(found);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await page.keyboard.type(text);
  }

  async function expectAccessible(what: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).include(".yaml-pane").analyze();
    expect(violations.map(({ id, nodes }) => `${what}: ${id} ${nodes[0]?.target}`)).toEqual([]);
  }

  it("fixes an image: shows what would be stored, keeps what somebody else changed, and stores it", async () => {
    await openYaml("deployments.apps", "shop");
    await expectAccessible("reading");
    await beginEdit();
    await typeOver("shop:brokn", "shop:2.1");
    await expectAccessible("writing");
    await kubectl.text("label", "deployment", "shop", "team=blue");
    await page.keyboard.press("ControlOrMeta+s");
    await page.getByRole("heading", { name: "1 field changes" }).waitFor();
    await expectAccessible("reviewing");
    expect(await page.locator(".yaml-review").innerText()).toContain("registry.example/shop:2.1");
    expect(await image()).toBe("registry.example/shop:brokn");
    await page.keyboard.press("ControlOrMeta+s");
    await page.getByText("Saved.").waitFor();
    expect(await image()).toBe("registry.example/shop:2.1");
    expect(await kubectl.text("get", "deploy", "shop", "-o", "jsonpath={.metadata.labels.team}")).toBe("blue");
    wizard.expectNoComplaints();
  });

  it("offers fields and values of the schema, and marks what does not fit before and after asking the server", async () => {
    await openYaml("deployments.apps", "shop");
    await beginEdit();
    await typeOver("replicas: 1", "replicas: 1\npau");
    await page.getByRole("option", { name: /^paused/ }).click();
    await page.getByRole("option", { name: /^false/ }).click();
    await eventually(async () => ((await editor().innerText()).includes("paused: false") ? true : undefined));
    await typeOver("paused: false", "paused: maybe");
    const problems = page.getByRole("region", { name: "Problems" });
    await problems.getByText("spec.paused must be of type boolean.").waitFor();
    await typeOver("paused: maybe", "paused: false");
    await problems.getByText("No problems").waitFor();
    await typeOver("matchLabels:", "matchLabels:\n  tier: web");
    await page.keyboard.press("ControlOrMeta+s");
    await problems.getByText(/spec\.selector: .*field is immutable/).waitFor();
    await problems.getByText(/can't be changed after an object is created/).waitFor();
    await page.locator(".yaml-bar").getByRole("button", { name: "Cancel" }).click();
    await wizard.button("Discard").click();
    await page.getByRole("textbox", { name: "YAML of shop" }).waitFor();
    wizard.expectNoComplaints();
  });

  it("keeps a draft over a reload, and asks whose change counts where both changed the same", async () => {
    await openYaml("deployments.apps", "shop");
    await beginEdit();
    await typeOver("shop:2.1", "shop:mine");
    await page.reload();
    await editor().waitFor();
    expect(await editor().innerText()).toContain("shop:mine");
    await kubectl.text("set", "image", "deployment/shop", "shop=registry.example/shop:theirs");
    await page.getByText("The object has changed since you opened it.").waitFor();
    await wizard.button("Apply my changes to the latest version").click();
    const asked = page.getByRole("alert");
    await asked.getByText("One field was changed both by you and by someone else.").waitFor();
    const both = (await asked.locator("li").allInnerTexts()).join("\n");
    expect(both).toMatch(/shop:2\.1.*shop:theirs[\s\S]*shop:2\.1.*shop:mine/);
    await expectAccessible("choosing");
    await wizard.button("Keep mine").click();
    await asked.waitFor({ state: "detached" });
    await page.keyboard.press("ControlOrMeta+s");
    const review = page.locator(".yaml-review");
    await review.waitFor();
    await wizard.button(/^Save/, review).click();
    await page.getByText("Saved.").waitFor();
    expect(await image()).toBe("registry.example/shop:mine");
    wizard.expectNoComplaints();
  });

  it("never brings a Secret's value to the page", async () => {
    const seen: string[] = [];
    page.on("response", (response) => {
      void response.text().then(
        (text) => seen.push(text),
        () => undefined, // a reply without a body
      );
    });
    await openYaml("secrets", "login");
    await beginEdit();
    await typeOver("kind: Secret", "immutable: false\nkind: Secret");
    await page.keyboard.press("ControlOrMeta+s");
    await page.getByRole("heading", { name: "1 field changes" }).waitFor();
    await page.keyboard.press("ControlOrMeta+s");
    await page.getByText("Saved.").waitFor();
    const secret = Buffer.from("open-sesame").toString("base64");
    expect(await kubectl.text("get", "secret", "login", "-o", "jsonpath={.data.password}")).toBe(secret);
    expect(seen.length).toBeGreaterThan(2);
    for (const text of [...seen, await page.content()]) expect(text).not.toMatch(/open-sesame|b3Blbi1zZXNhbW/);
    wizard.expectNoComplaints();
  });

  it("leaves the editor by Escape and Tab", async () => {
    await openYaml("deployments.apps", "shop");
    await beginEdit();
    await page.keyboard.press("Tab");
    expect(await editor().evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press("ControlOrMeta+z");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(await editor().evaluate((element) => element.contains(document.activeElement))).toBe(false);
    await page.locator(".yaml-bar").getByRole("button", { name: "Cancel" }).click();
    wizard.expectNoComplaints();
  });

  it("explains a field, and creates objects from a text", async () => {
    await openYaml("deployments.apps", "shop");
    await page.locator(".yaml-bar").getByRole("button", { name: "Explain" }).click();
    const explain = page.getByRole("region", { name: "Explanation of Deployment" });
    await explain.getByRole("searchbox", { name: "Find a field" }).fill("imagePullPolicy");
    await explain.getByRole("button", { name: "spec.template.spec.containers.imagePullPolicy" }).click();
    await explain.getByText("IfNotPresent", { exact: true }).waitFor();
    await explain.getByRole("button", { name: "containers", exact: true }).click();
    await explain.getByText("[]Container", { exact: true }).waitFor();
    await expectAccessible("explaining");

    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("create from yaml");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Create from YAML" });
    await wizard.button("ConfigMap", dialog).click();
    await wizard.button("Service", dialog).click();
    await wizard.button(/^Check/, dialog).click();
    await wizard.button(/^Create 2 objects/, dialog).click();
    await wizard.button("Done", dialog).waitFor();
    expect(await kubectl.text("get", "configmap/settings", "service/web", "-o", "name")).toBe(
      "configmap/settings\nservice/web\n",
    );
    await wizard.button("Done", dialog).click();
    wizard.expectNoComplaints();
  });
});
