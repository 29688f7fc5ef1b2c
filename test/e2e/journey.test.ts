import { beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../cluster/kubectl.ts";
import { useDesk } from "./desk.ts";

/** What a person does with a cluster, from the first look to the last: by the words and the keys on the screen. */
describe("steering a cluster", () => {
  const desk = useDesk({ width: 1440, height: 900 });

  const pane = () => desk.page.getByRole("complementary").filter({ has: desk.page.getByRole("tablist") });
  const dock = () => desk.page.getByRole("region", { name: "Panel" });
  const row = (name: string | RegExp) => desk.page.getByRole("row", { name });
  const inPane = (name: string | RegExp) => pane().getByRole("button", { name });

  /** Waits until the terminal in front shows a text: it is drawn as rows of letters. */
  async function terminalSays(text: string): Promise<void> {
    await expect
      .poll(async () => (await dock().locator(".xterm-rows").allInnerTexts()).join("\n").replaceAll("\u00a0", " "))
      .toContain(text);
  }

  async function goByPalette(words: string): Promise<void> {
    await desk.page.keyboard.press("ControlOrMeta+k");
    const palette = desk.page.getByRole("dialog");
    await palette.getByRole("searchbox").or(palette.getByRole("combobox")).first().fill(words);
    await palette
      .getByRole("menuitem", { name: new RegExp(words) })
      .or(palette.getByRole("option", { name: new RegExp(words) }))
      .first()
      .waitFor();
    await desk.page.keyboard.press("Enter");
  }

  beforeAll(async () => {
    await desk.call("practice.setFaults", { faults: [{ id: "absent", kind: "image-pull", image: "*:absent" }] });
    const labels = { app: "model-server" };
    await desk.kubectl.apply(
      { apiVersion: "v1", kind: "Namespace", metadata: { name: "serving" } },
      {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "model-server", namespace: "serving" },
        spec: {
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              containers: [
                { name: "server", image: "registry.example/model:absent" },
                { name: "proxy", image: "registry.example/proxy:1", ports: [{ name: "http", containerPort: 8080 }] },
              ],
            },
          },
        },
      },
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "model-server", namespace: "serving" },
        spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: "http" }] },
      },
    );
    await eventually(async () =>
      (await desk.kubectl.text("get", "pods", "-n", "serving")).includes("ImagePullBackOff") ? true : undefined,
    );
  });

  it("finds the pod that fails, reads why, sees its logs, opens a shell, mends its image and sees it recover", async () => {
    await goByPalette("model-server-");
    await pane().getByRole("heading", { name: "Why it isn't ready" }).waitFor();
    await pane().getByText("registry.example/model:absent").first().waitFor();

    await inPane(/^Logs/).click();
    await dock().getByText("Ready", { exact: true }).first().waitFor();

    await inPane(/^Shell/).click();
    const terminal = dock().getByRole("textbox", { name: /^Terminal/ });
    await terminal.waitFor({ state: "attached" });
    await terminalSays("practice:/#");
    await terminal.focus();
    await desk.page.keyboard.type("hostname\n");
    await terminalSays("hostname\nmodel-server-");

    await pane().getByRole("link", { name: "Deployment", exact: true }).click();
    await pane().getByRole("tab", { name: "YAML" }).click();
    await pane().getByRole("tabpanel").getByRole("button", { name: /^Edit/ }).click();
    await desk.page.getByText("registry.example/model:absent").last().click();
    await desk.page.keyboard.press("End");
    for (const _ of "absent") await desk.page.keyboard.press("Backspace");
    await desk.page.keyboard.type("2");
    await inPane(/^Review/).click();
    await pane().getByText('"registry.example/model:absent" → "registry.example/model:2"').waitFor();
    await pane().getByRole("tabpanel").getByRole("button", { name: /^Save/ }).click();

    await desk.go(`#/browse/pods?c=${desk.context}&ns=serving`);
    await row(/model-server-.*2\/2.*Running/).waitFor();
    await expect.poll(() => row(/ImagePullBackOff/).count()).toBe(0);
    expect(await desk.kubectl.text("get", "deploy", "model-server", "-n", "serving", "-o", "jsonpath={..image}")).toBe(
      "registry.example/model:2 registry.example/proxy:1",
    );
    expect(desk.wizard.complaints).toEqual([]);
  });

  it("scales, restarts and goes back to the revision before", async () => {
    const field = (path: string) =>
      desk.kubectl.text("get", "deploy", "model-server", "-n", "serving", "-o", `jsonpath={${path}}`);
    await desk.go(`#/browse/deployments.apps?c=${desk.context}&ns=serving&o=serving/model-server`);
    await inPane(/^Scale/).click();
    const dialog = desk.page.getByRole("dialog");
    await dialog.getByRole("textbox").first().fill("3");
    await dialog.getByRole("button", { name: /^Scale/ }).click();
    await row(/model-server.*3\/3/).waitFor();
    expect(await field(".spec.replicas")).toBe("3");

    const before = await field(".spec.template.metadata.annotations");
    await inPane(/^Restart/).click();
    await desk.page
      .getByRole("dialog")
      .getByRole("button", { name: /^Restart/ })
      .click();
    await eventually(async () => ((await field(".spec.template.metadata.annotations")) !== before ? true : undefined));

    await inPane("More actions").click();
    await desk.page.getByRole("menuitem", { name: /history/i }).click();
    const history = desk.page.getByRole("dialog");
    await history.getByText("registry.example/model:absent").first().waitFor();
    const previous = history.getByRole("row", { name: /^2 / }).getByRole("button", { name: /^Roll back to revision/ });
    await previous.click();
    const sure = desk.page.getByRole("button", { name: /^Roll back/ }).last();
    await eventually(async () => {
      if ((await field(".spec.template.metadata.annotations")) === before) return true;
      if (await sure.isVisible()) await sure.click();
      return undefined;
    });
    expect(await field("..image")).toContain("registry.example/model:2");
    await desk.page.keyboard.press("Escape");
    expect(desk.wizard.complaints).toEqual([]);
  });

  it("is steered by the keyboard alone", async () => {
    const { keyboard } = desk.page;
    await desk.go(`#/browse/configmaps?c=${desk.context}`);
    await desk.page.getByRole("grid").waitFor();
    await keyboard.press(":");
    await keyboard.type("deploy serving");
    await keyboard.press("Enter");
    await row(/model-server/).waitFor();
    await keyboard.press("/");
    await keyboard.type("model");
    await keyboard.press("Enter");
    await expect.poll(() => row(/model-server/).evaluate((element) => element === document.activeElement)).toBe(true);
    await keyboard.press("Shift+S");
    const dialog = desk.page.getByRole("dialog");
    await dialog.waitFor();
    await expect
      .poll(() =>
        dialog
          .getByRole("textbox")
          .first()
          .evaluate((field) => field === document.activeElement),
      )
      .toBe(true);
    await keyboard.press("ControlOrMeta+a");
    await keyboard.type("2");
    await keyboard.press("Enter");
    await row(/model-server.*2\/2/).waitFor();
    await keyboard.press("Escape");
    await keyboard.press("Enter");
    await pane().waitFor();
    await keyboard.press("l");
    await dock().getByText("Ready", { exact: true }).first().waitFor();
    await keyboard.press("Control+`");
    await expect.poll(() => dock().getByText("Ready", { exact: true }).first().isVisible()).toBe(false);
    await keyboard.press("[");
    expect(desk.wizard.complaints).toEqual([]);
  });

  it("forwards a port of a Service and reaches what is behind it", async () => {
    await desk.go(`#/browse/services?c=${desk.context}&ns=serving&o=serving/model-server`);
    // What the pane has no room for is under "More actions"; which that is shows once it is laid out.
    const forward = inPane(/^Forward/).first();
    const isShown = await forward.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
    if (isShown) await forward.click();
    else {
      await inPane("More actions").click();
      await desk.page.getByRole("menuitem", { name: /^Forward/ }).click();
    }
    const dialog = desk.page.getByRole("dialog");
    await dialog.getByRole("radio", { name: /80/ }).waitFor({ state: "attached" });
    await dialog.getByRole("button", { name: "Forward" }).click();
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(await dialog.getByText(/Available at/).innerText())?.[0] ?? "";
    const answer = await fetch(url);
    expect(answer.status).toBeLessThan(500);
    expect(await answer.text()).toContain("simulated");
    await dialog.getByRole("button", { name: "Close", exact: true }).click();

    await desk.page.getByRole("link", { name: /1 port forward/ }).click();
    await desk.page.getByRole("button", { name: /^Stop forwarding/ }).click();
    await desk.page.getByText("No ports are forwarded.").waitFor();
    await expect(fetch(url)).rejects.toThrow();
    expect(desk.wizard.complaints).toEqual([]);
  });
});
