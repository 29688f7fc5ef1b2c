import { AxeBuilder } from "@axe-core/playwright";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useDesk } from "./desk.ts";

const web = 12;

function deployment(namespace: string, name: string, replicas: number, more: object = {}): object {
  const labels = { app: name };
  return {
    ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { namespace, name, labels } },
    spec: {
      ...{ replicas, selector: { matchLabels: labels } },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: "main", image: "example.com/web:1" }], ...more },
      },
    },
  };
}

/** Lists and the ways to them: by mouse, by keys, by links. */
describe("browsing", () => {
  const desk = useDesk();

  const grid = () => desk.page.locator(".list").getByRole("grid");
  const rows = () => desk.page.locator(".grid-row[data-key]");
  const row = (name: string | RegExp) => desk.page.getByRole("row", { name });
  const filter = () => desk.page.getByRole("textbox", { name: "Filter" });
  const button = (name: string) => desk.page.getByRole("button", { name, exact: true });
  const dialog = () => desk.page.getByRole("dialog");
  const header = (name: string) => grid().getByRole("columnheader", { name, exact: true });
  const press = (key: string) => desk.page.keyboard.press(key);
  const type = (text: string) => desk.page.keyboard.type(text);
  const address = () => new URL(desk.page.url()).hash;
  const rowCount = async () => Number(await grid().getAttribute("aria-rowcount")) - 1;
  const focusedKey = () => desk.page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.key);
  const names = () => rows().locator("[role=rowheader] .cell-text").allInnerTexts();

  async function show(sight: string, some = true): Promise<void> {
    // As a page that was just opened: no test stands on what another left open.
    await desk.go("#/");
    await desk.page.reload();
    await desk.page.getByRole("heading", { name: /step by step/ }).waitFor();
    const [resource = "", query = ""] = sight.split("?");
    await desk.go(`#/browse/${resource}?c=${desk.context}&${query}`);
    await grid().waitFor();
    if (some) await rows().first().waitFor();
  }

  beforeAll(async () => {
    desk.page.setDefaultTimeout(10_000);
    const namespaces = ["team-a", "team-b"].map((name) => ({
      ...{ apiVersion: "v1", kind: "Namespace", metadata: { name } },
    }));
    await desk.kubectl.apply(
      ...namespaces,
      deployment("team-a", "web", web),
      deployment("team-b", "api", 2),
      deployment("team-b", "stuck", 1, { nodeSelector: { nowhere: "here" } }),
    );
    await desk.kubectl.text("rollout", "status", "deployment/web", "-n=team-a", "--timeout=60s");
    await desk.kubectl.text("rollout", "status", "deployment/api", "-n=team-b", "--timeout=60s");
  });
  beforeEach(() => show("pods"));

  it("shows characters that would turn text around by their codes", async () => {
    const name = "aaa\u202Etxt.exe";
    const team = { namespace: "team-a", name: "turned" };
    await desk.kubectl.apply(
      { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name }, rules: [] },
      {
        ...{ apiVersion: "v1", kind: "Event", metadata: team, reason: "Turned", message: "not \u202Eesrever" },
        involvedObject: { apiVersion: "v1", kind: "Pod", ...team },
      },
    );
    await show("clusterroles.rbac.authorization.k8s.io");
    await grid().getByText("aaa[U+202E]txt.exe").click();
    await desk.page.getByRole("heading", { name: "aaa[U+202E]txt.exe" }).waitFor();
    await show("events?ns=team-a");
    await grid().getByText("not [U+202E]esrever").waitFor();
    await desk.kubectl.text("delete", "clusterrole", name);
  });

  it("lists a kind with its counts, and says how fresh the list is", async () => {
    await expect.poll(rowCount).toBe(web + 3);
    await desk.page
      .getByRole("contentinfo")
      .getByText(`${web + 3} objects`)
      .waitFor();
    await desk.page.getByRole("contentinfo").getByText("live", { exact: true }).waitFor();
    const pods = desk.page.getByRole("navigation", { name: "Kinds" }).getByRole("link", { name: /^Pods/ });
    expect(await pods.getAttribute("aria-current")).toBe("page");
    await expect.poll(() => pods.innerText()).toContain(String(web + 3));
    await desk.page.getByRole("link", { name: /^Deployments/ }).click();
    await desk.page.getByRole("heading", { name: "Deployments" }).waitFor();
    await row(/^web team-a/).waitFor();
  });

  it("finds kinds, objects, namespaces and commands in the palette", async () => {
    await press("ControlOrMeta+k");
    await type("confmap");
    await dialog()
      .getByRole("option", { name: /^ConfigMaps/ })
      .waitFor();
    await press("Enter");
    await desk.page.getByRole("heading", { name: "ConfigMaps" }).waitFor();

    await press("ControlOrMeta+k");
    await type("stuck");
    await dialog()
      .getByRole("option", { name: /^stuck-.*Pod/ })
      .first()
      .click();
    await desk.page.getByRole("heading", { name: "Pods" }).waitFor();
    expect(address()).toMatch(/o=team-b%2Fstuck-/);
    await desk.page
      .getByRole("complementary")
      .getByText(/^stuck-/)
      .first()
      .waitFor();

    await press("ControlOrMeta+k");
    await type("team-b");
    await dialog()
      .getByRole("option", { name: /^team-b\s*Namespace/ })
      .click();
    await expect.poll(rowCount).toBe(3);

    await press("ControlOrMeta+k");
    await type("sort by age");
    await press("Enter");
    await expect.poll(() => header("Age").getAttribute("aria-sort")).toBe("ascending");
  });

  it("takes lines after the colon, as k9s does", async () => {
    await rows().first().focus();
    await press(":");
    await type("deploy team-b /ap");
    await dialog()
      .getByRole("option", { name: /^Deployments\s*team-b\s+\/ap/ })
      .waitFor();
    await press("Enter");
    await row(/^api/).waitFor();
    expect(address()).toContain("#/browse/deployments.apps");
    expect(await filter().inputValue()).toBe("ap");
    // The list that was asked for has the focus: the next key is its.
    await expect.poll(focusedKey).toBe("team-b/api");
    await press(":");
    await type("po all");
    await press("Enter");
    await expect.poll(rowCount).toBe(web + 3);
    await press("[");
    await desk.page.getByRole("heading", { name: "Deployments" }).waitFor();
    await row(/^api/).waitFor();
    expect(address()).toContain("deployments.apps");
  });

  it("filters while one types, says what is wrong with a filter, and shows only what is not well", async () => {
    await press("/");
    await type("status!=Running or api-");
    await expect.poll(rowCount).toBe(3);
    await desk.page.getByRole("search").getByText("3 match").waitFor();
    await filter().fill("/[/");
    await expect.poll(() => filter().getAttribute("aria-invalid")).toBe("true");
    await filter().fill("nothing-has-this-name");
    await desk.page.getByRole("heading", { name: /Nothing matches/ }).waitFor();
    await button("Show all").click();
    await expect.poll(rowCount).toBe(web + 3);

    const faults = button("1 warning");
    await faults.click();
    await expect.poll(rowCount).toBe(1);
    await row(/^stuck-.*Pending/).waitFor();
    expect(address()).toContain("faults");
    await faults.click();
    await expect.poll(rowCount).toBe(web + 3);
  });

  it("lets the server leave out what a selector does not want", async () => {
    await filter().fill("-l app=api");
    await filter().press("Enter");
    await expect.poll(rowCount).toBe(2);
    expect(await filter().inputValue()).toBe("");
    await button("Remove the selector: Labels").click();
    await expect.poll(rowCount).toBe(web + 3);
    await button("Selectors").click();
    await dialog()
      .getByRole("textbox", { name: /^Fields/ })
      .fill("status.phase=Pending");
    await dialog().getByRole("button", { name: "Apply" }).click();
    await expect.poll(rowCount).toBe(1);
  });

  it("sorts by mouse and by keys, and a reloaded link shows the same sight", async () => {
    await header("Namespace").getByRole("button").click();
    await header("Namespace").getByRole("button").press("Enter");
    await expect.poll(() => header("Namespace").getAttribute("aria-sort")).toBe("descending");
    await expect.poll(async () => (await names())[0]).toMatch(/^(api|stuck)-/);
    await header("Namespace").getByRole("button").press("ArrowRight");
    await expect.poll(() => desk.page.evaluate(() => document.activeElement?.textContent)).toContain("Ready");
    await filter().fill("a");
    await rows().first().click();
    await desk.page.getByRole("complementary").waitFor();
    const before = await names();
    const where = address();
    await desk.page.reload();
    await rows().first().waitFor();
    await desk.page.getByRole("complementary").waitFor();
    expect(address()).toBe(where);
    await expect.poll(names).toEqual(before);
    expect(await filter().inputValue()).toBe("a");
    await expect.poll(() => header("Namespace").getAttribute("aria-sort")).toBe("descending");
    await header("Namespace").getByRole("button").click();
  });

  it("looks at one namespace, at several, at favourites", async () => {
    const chip = desk.page.locator(".namespace-chip");
    await chip.click();
    await type("team-a");
    await press("Enter");
    await expect.poll(rowCount).toBe(web);
    expect(await grid().getByRole("columnheader", { name: "Namespace" }).count()).toBe(0);
    await rows().first().focus();
    await press("n");
    await dialog().getByRole("checkbox", { name: "Include team-b" }).check({ force: true });
    await expect.poll(rowCount).toBe(web + 3);
    await dialog().getByRole("button", { name: "Favorite: team-a" }).click();
    await dialog().getByRole("button", { name: "Favorite: team-b" }).click();
    await dialog().getByRole("row", { name: "All namespaces" }).click();
    await expect.poll(address).not.toContain("ns=");
    await chip.click();
    await dialog().getByRole("row", { name: "Favorites (2)" }).click();
    await expect.poll(address).toContain("ns=team-a%2Cteam-b");
  });

  it("chooses namespaces by keyboard alone", async () => {
    await show("pods?ns=team-a");
    const focused = () => desk.page.evaluate(() => document.activeElement?.closest('[role="row"]')?.textContent);
    await rows().first().focus();
    await press("n");
    await type("team");
    await press("ArrowDown");
    await expect.poll(focused).toBe("team-a");
    await press("ArrowDown");
    await press("Space");
    await expect.poll(address).toContain("ns=team-a%2Cteam-b");
    await press("ArrowRight");
    expect(await desk.page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Include team-b");
    await press("Space");
    await expect.poll(address).toMatch(/ns=team-a(&|$)/);
    await press("ArrowUp");
    await press("ArrowUp");
    expect(await desk.page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
    await press("ArrowDown");
    await press("ArrowDown");
    await press("Enter");
    await expect.poll(address).toMatch(/ns=team-b(&|$)/);
    await dialog().waitFor({ state: "detached" });
  });

  it("marks rows one by one, in ranges and all, and what can be done to them", async () => {
    await show("pods?ns=team-a");
    await rows()
      .nth(1)
      .click({ modifiers: ["ControlOrMeta"] });
    await rows()
      .nth(4)
      .click({ modifiers: ["Shift"] });
    const marked = () => grid().locator('[aria-selected="true"]').count();
    await expect.poll(marked).toBe(4);
    const bar = desk.page.getByRole("region", { name: "Selected rows" });
    await bar.getByText("4 selected").waitFor();
    expect(await desk.page.evaluate(() => String(window.getSelection()))).toBe("");
    await press("Shift+ArrowDown");
    await expect.poll(marked).toBe(5);
    await press("Space");
    await expect.poll(marked).toBe(4);
    await press("ControlOrMeta+a");
    await bar.getByText(`${web} selected`).waitFor();
    await rows().nth(2).click({ button: "right" });
    await desk.page
      .getByRole("menu")
      .getByRole("menuitem", { name: `Copy ${web} names` })
      .waitFor();
    await press("Escape");
    await press("Escape");
    await bar.waitFor({ state: "detached" });
    await press("Shift+F10");
    await desk.page.getByRole("menuitem", { name: /^Open/ }).waitFor();
    await press("Escape");
    await expect.poll(focusedKey).toMatch(/^team-a\/web-/);
  });

  it("says where one is, and leads back from there", async () => {
    await show("pods?ns=team-b");
    const trail = desk.page.getByRole("navigation", { name: "Current location" });
    await trail.locator("[aria-current=page]", { hasText: "Pods" }).waitFor();
    await row(/^stuck-/).click();
    await trail.locator("[aria-current=page]", { hasText: /^stuck-/ }).waitFor();
    await trail.getByRole("link", { name: "Pods" }).click();
    await desk.page.getByRole("complementary").waitFor({ state: "detached" });
    await trail.getByRole("button", { name: "team-b" }).click();
    await dialog().getByRole("row", { name: "All namespaces" }).click();
    await trail.getByRole("button", { name: "All namespaces" }).waitFor();
    await trail.getByRole("link", { name: "practice" }).click();
    await desk.page.getByRole("heading", { name: "Namespaces" }).waitFor();
    expect(await trail.getByRole("button").count()).toBe(0);
  });

  it("keeps its head beside a pane as wide as it may be", async () => {
    await show("pods");
    await desk.page.setViewportSize({ width: 1024, height: 700 });
    await row(/^stuck-/).click();
    const edge = desk.page.getByRole("separator", { name: "Details pane width" });
    await edge.focus();
    for (let times = 0; times < 30; times += 1) await press("ArrowLeft");
    const head = desk.page.locator(".list-head");
    const [scroll, client] = await head.evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]);
    expect(scroll).toBe(client);
    const right = async (part: ReturnType<typeof desk.page.locator>) => {
      const box = await part.boundingBox();
      return (box?.x ?? 0) + (box?.width ?? 0);
    };
    const limit = await right(desk.page.locator(".list"));
    for (const part of await head.locator("button, input").all()) expect(await right(part)).toBeLessThanOrEqual(limit);
    expect(await right(desk.page.locator(".object-side"))).toBeLessThanOrEqual(1024);
    for (let times = 0; times < 30; times += 1) await press("ArrowRight");
    await desk.page.setViewportSize({ width: 1280, height: 800 });
  });

  it("takes names of the user's own for lists", async () => {
    await press("ControlOrMeta+k");
    await type("aliases");
    await press("Enter");
    const field = (name: string) => dialog().getByRole("textbox", { name, exact: true });
    await field("Name").fill("q");
    await dialog().getByText("is already a command").waitFor();
    await field("Name").fill("po");
    await dialog().getByText("already means Pods").waitFor();
    await field("Name").fill("apis");
    await field("Kind").fill("deploy");
    await field("Namespaces").fill("team-b");
    await field("Filter").fill("api");
    await press("Enter");
    await dialog().getByText("deployments.apps team-b /api").waitFor();
    const { violations } = await new AxeBuilder({ page: desk.page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await press("Escape");
    await dialog().waitFor({ state: "detached" });
    await press("ControlOrMeta+k");
    await type(":apis");
    await press("Enter");
    await desk.page.getByRole("heading", { name: "Deployments" }).waitFor();
    await row(/^api/).waitFor();
    expect(address()).toContain("ns=team-b");
    expect(await filter().inputValue()).toBe("api");
    await desk.page.reload();
    await rows().first().waitFor();
    await button("Keyboard shortcuts").click();
    await dialog().getByRole("button", { name: "Aliases…" }).click();
    await dialog().getByRole("button", { name: "Remove the alias apis" }).click();
    await dialog().getByText("No aliases yet.").waitFor();
    await press("Escape");
  });

  it("keeps a sight under a name, with its columns", async () => {
    await show("pods?ns=team-b");
    await rows().first().focus();
    await press("w");
    await header("Node").waitFor();
    await button("Save view").click();
    await dialog().getByRole("textbox", { name: "Name" }).fill("Wide");
    await dialog().getByRole("button", { name: "Save" }).click();
    await rows().first().focus();
    await press("w");
    await header("Node").waitFor({ state: "detached" });
    await show("nodes");
    await desk.page.getByRole("navigation", { name: "Kinds" }).getByRole("link", { name: "Wide" }).click();
    await header("Node").waitFor();
    await rows().first().focus();
    await press("w");
    await header("Node").waitFor({ state: "detached" });
    await button("Remove the view Wide").click({ force: true });
    await desk.page.getByRole("link", { name: "Wide" }).waitFor({ state: "detached" });
  });

  it("keeps a sight under a name", async () => {
    await show("pods?ns=team-b&f=api");
    await button("Save view").click();
    await dialog().getByRole("textbox", { name: "Name" }).fill("The API");
    await dialog().getByRole("button", { name: "Save" }).click();
    await show("nodes");
    await desk.page.getByRole("navigation", { name: "Kinds" }).getByRole("link", { name: "The API" }).click();
    await expect.poll(rowCount).toBe(2);
    expect(await filter().inputValue()).toBe("api");
    await button("Remove the view The API").click({ force: true });
    await desk.page.getByRole("link", { name: "The API" }).waitFor({ state: "detached" });
  });

  it("shows wide columns and the user's own, tried while they are typed", async () => {
    await rows().first().focus();
    await press("w");
    await header("Node").waitFor();
    await button("Columns").click();
    await dialog()
      .getByRole("checkbox", { name: /^Restarts/ })
      .uncheck({ force: true });
    await dialog().getByRole("textbox", { name: "Column name" }).fill("Image");
    await dialog().getByRole("textbox", { name: "JSONPath" }).fill(".spec.containers[0].image");
    await dialog()
      .getByText(/example.com\/web:1/)
      .waitFor();
    await dialog().getByRole("button", { name: "Add", exact: true }).click();
    await press("Escape");
    await header("Image").waitFor();
    await row(/example.com\/web:1/)
      .first()
      .waitFor();
    expect(await header("Restarts").count()).toBe(0);
    await desk.page.reload();
    await header("Image").waitFor();
    await button("Columns").click();
    await dialog().getByRole("button", { name: "Remove Image" }).click();
    await dialog().getByRole("button", { name: "Reset to default" }).click();
    await press("Escape");
    await header("Restarts").waitFor();
  });

  it("keeps the focus on its row while rows come and go around it", async () => {
    await show("pods?ns=team-b");
    await row(/^stuck-/).focus();
    await desk.kubectl.text("scale", "deployment/api", "-n=team-b", "--replicas=6");
    await expect.poll(rowCount).toBe(7);
    await expect.poll(focusedKey).toMatch(/^team-b\/stuck-/);
    await press("ArrowUp");
    await expect.poll(focusedKey).toMatch(/^team-b\/api-/);
    const key = await focusedKey();
    await desk.kubectl.text("delete", "pod", "-n=team-b", String(key).replace("team-b/", ""), "--now");
    // The row is gone: the one that took its place has the focus, and keys go on from there.
    await expect.poll(focusedKey).not.toBe(key);
    await expect.poll(focusedKey).toMatch(/^team-b\//);
    await desk.kubectl.text("scale", "deployment/api", "-n=team-b", "--replicas=2");
    await expect.poll(rowCount).toBe(3);
  });

  it("can be gone through by keys alone", async () => {
    await rows().first().focus();
    await press("End");
    await expect.poll(focusedKey).toMatch(/^team-b\/stuck-/);
    await press("Home");
    await press("PageDown");
    await press("Enter");
    const pane = desk.page.getByRole("complementary");
    await pane.waitFor();
    await press("F6");
    await expect
      .poll(() => desk.page.evaluate(() => document.activeElement?.closest(".object-side") !== null))
      .toBe(true);
    for (const region of [".rail", ".top", ".sidebar", ".list"]) {
      await press("F6");
      const inside = (selector: string) => document.activeElement?.closest(selector) !== null;
      await expect.poll(() => desk.page.evaluate(inside, region)).toBe(true);
    }
    await press("Escape");
    await pane.waitFor({ state: "detached" });
    await expect.poll(focusedKey).toMatch(/^team-/);
    await press("Shift+F6");
    await press("ArrowDown");
    await press("ArrowDown");
    await press("Enter");
    await desk.page.getByRole("heading", { name: "StatefulSets" }).waitFor();
    await desk.page.getByRole("heading", { name: "No StatefulSets" }).waitFor();
  });

  it("lets keys be changed, says which clash, and turns single ones off", async () => {
    await rows().first().focus();
    await press("?");
    await dialog().getByText("Filter the list").waitFor();
    await dialog().getByRole("button", { name: "Change shortcuts…" }).click();
    const change = dialog().getByRole("button", { name: "Change shortcut: Filter the list" });
    await change.click();
    await press("n");
    await dialog().getByText("also used by: Select namespaces").waitFor();
    await change.click();
    await press("f");
    await press("Escape");
    await dialog().waitFor({ state: "detached" });
    await rows().first().focus();
    await press("/");
    expect(await filter().evaluate((input) => input === document.activeElement)).toBe(false);
    await press("f");
    await expect.poll(() => filter().evaluate((input) => input === document.activeElement)).toBe(true);

    await button("Keyboard shortcuts").click();
    await dialog().getByRole("switch").click({ force: true });
    await dialog().getByRole("button", { name: "Change shortcuts…" }).click();
    await dialog().getByRole("button", { name: "Restore default shortcut: Filter the list" }).click();
    await press("Escape");
    await rows().first().focus();
    await press("/");
    expect(await filter().evaluate((input) => input === document.activeElement)).toBe(false);
    await button("Keyboard shortcuts").click();
    await dialog().getByRole("switch").click({ force: true });
    await press("Escape");
    await rows().first().focus();
    await press("/");
    await expect.poll(() => filter().evaluate((input) => input === document.activeElement)).toBe(true);
  });

  it("says what it can't show, and where to go from there", async () => {
    await show("pods?ns=nowhere", false);
    await desk.page.getByRole("heading", { name: "No Pods in nowhere" }).waitFor();
    await button("Show all namespaces").click();
    await rows().first().waitFor();
    await desk.go(`#/browse/unheard-of?c=${desk.context}`);
    await desk.page.getByRole("heading", { name: "Unknown kind: unheard-of" }).waitFor();
    await desk.go("#/browse/pods?c=gone");
    await desk.page.getByRole("heading", { name: /a cluster that isn't in your kubeconfig files/ }).waitFor();
  });

  it("has nothing that axe finds, in either theme", { timeout: 120_000 }, async () => {
    const scan = async (what: string) => {
      const { violations } = await new AxeBuilder({ page: desk.page }).analyze();
      expect({ what, found: violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")}`) }).toEqual({
        ...{ what, found: [] },
      });
    };
    for (const theme of ["Dark", "Light"]) {
      await desk.page.getByRole("radio", { name: theme, exact: true }).click();
      await show("pods");
      await rows()
        .nth(2)
        .click({ modifiers: ["ControlOrMeta"] });
      await scan(`a list with a marked row, ${theme}`);
      await press("ControlOrMeta+k");
      await type("po");
      await dialog().getByRole("option").first().waitFor();
      await desk.page.waitForTimeout(200); // motion is at most 140 ms
      await scan(`the palette, ${theme}`);
      await press("Escape");
      await dialog().waitFor({ state: "detached" });
      await rows().first().focus();
      await press("?");
      await dialog().waitFor();
      await desk.page.waitForTimeout(200);
      await scan(`the keys, ${theme}`);
      await press("Escape");
      await dialog().waitFor({ state: "detached" });
      await button("Columns").click();
      await desk.page.waitForTimeout(200);
      await scan(`the columns, ${theme}`);
      await press("Escape");
      await desk.page.locator(".namespace-chip").click();
      await desk.page.waitForTimeout(200);
      await scan(`the namespaces, ${theme}`);
      await press("Escape");
      await rows().nth(3).click({ button: "right" });
      await desk.page.getByRole("menu").waitFor();
      await desk.page.waitForTimeout(200);
      await scan(`a row's menu, ${theme}`);
      await press("Escape");
      await show("statefulsets.apps", false);
      await desk.page.getByRole("heading", { name: "No StatefulSets" }).waitFor();
      await scan(`an empty list, ${theme}`);
    }
  });

  it("gave the browser nothing to complain about", () => desk.wizard.expectNoComplaints());
});
