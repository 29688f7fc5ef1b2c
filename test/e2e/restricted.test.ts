import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Kubectl } from "../cluster/kubectl.ts";
import { describeWithCluster } from "../cluster/support.ts";
import { makePlace, type Place, type RunningApp, startApp } from "./app.ts";
import { launchBrowser } from "./browser.ts";
import { callFrom } from "./call.ts";

const mine = ["team-a", "team-b"];

function rbac(kind: string, name: string, namespace: string | undefined, more: object): object {
  return {
    ...{ apiVersion: "rbac.authorization.k8s.io/v1", kind },
    ...{ metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, ...more },
  };
}

/** Two service accounts may read workloads in two namespaces only; one of them may also list the namespaces. */
function objects(): object[] {
  const read = ["get", "list", "watch"];
  const subject = (name: string) => ({ kind: "ServiceAccount", namespace: "team-a", name });
  const ref = (kind: string, name: string) => ({ apiGroup: "rbac.authorization.k8s.io", kind, name });
  const labels = { app: "web" };
  return [
    ...[...mine, "team-c"].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })),
    ...["lister", "guest"].map((name) => ({
      ...{ apiVersion: "v1", kind: "ServiceAccount", metadata: { namespace: "team-a", name } },
    })),
    rbac("ClusterRole", "reader", undefined, {
      rules: [
        { apiGroups: [""], resources: ["pods", "services", "configmaps", "events"], verbs: read },
        { apiGroups: ["apps"], resources: ["deployments", "replicasets"], verbs: read },
      ],
    }),
    rbac("ClusterRole", "namespace-lister", undefined, {
      rules: [{ apiGroups: [""], resources: ["namespaces"], verbs: read }],
    }),
    rbac("ClusterRoleBinding", "namespace-lister", undefined, {
      ...{ roleRef: ref("ClusterRole", "namespace-lister"), subjects: [subject("lister")] },
    }),
    rbac("Role", "pod-deleter", "team-b", {
      rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["delete"] }],
    }),
    rbac("RoleBinding", "pod-deleter", "team-b", {
      ...{ roleRef: ref("Role", "pod-deleter"), subjects: [subject("lister"), subject("guest")] },
    }),
    ...mine.map((namespace) =>
      rbac("RoleBinding", "reader", namespace, {
        ...{ roleRef: ref("ClusterRole", "reader"), subjects: [subject("lister"), subject("guest")] },
      }),
    ),
    ...[...mine, "team-c"].map((namespace) => ({
      ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { namespace, name: `web-${namespace}`, labels } },
      spec: {
        ...{ replicas: 1, selector: { matchLabels: labels } },
        template: { metadata: { labels }, spec: { containers: [{ name: "main", image: "example.com/web:1" }] } },
      },
    })),
  ];
}

await describeWithCluster("a user with rights in two namespaces only", (test) => {
  let browser: Browser;
  let place: Place;
  let app: RunningApp;
  let page: Page;
  const contexts = new Map<string, string>();

  beforeAll(async () => {
    const kubectl = new Kubectl(test.tools, () => test.kubeconfig);
    await kubectl.apply(...objects());
    for (const namespace of [...mine, "team-c"])
      await kubectl.text("rollout", "status", `deployment/web-${namespace}`, `-n=${namespace}`, "--timeout=60s");
    const admin = JSON.parse(await kubectl.text("config", "view", "--raw", "--flatten", "-o=json"));
    const token = async (name: string) => (await kubectl.text("create", "token", name, "-n=team-a")).trim();
    const names = ["lister", "guest"];
    place = await makePlace();
    const file = join(place.folder, "restricted.json");
    const config = {
      ...{ apiVersion: "v1", kind: "Config", "current-context": "lister" },
      clusters: [{ name: "cluster", cluster: admin.clusters[0].cluster }],
      users: await Promise.all(names.map(async (name) => ({ name, user: { token: await token(name) } }))),
      contexts: names.map((name) => ({ name, context: { cluster: "cluster", user: name, namespace: "team-a" } })),
    };
    await writeFile(file, JSON.stringify(config), { mode: 0o600 });
    app = await startApp(place, { kubeconfig: file });
    browser = await launchBrowser();
    page = await (await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 800 } })).newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(app.link);
    const list = (await callFrom(page, "contexts.list", {})) as { contexts: { id: string; name: string }[] };
    for (const { id, name } of list.contexts) contexts.set(name, id);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    await place?.remove();
  });

  const grid = () => page.getByRole("grid");
  const row = (name: RegExp) => page.getByRole("row", { name });
  const status = () => page.getByRole("contentinfo");
  const rowCount = async () => Number(await grid().getAttribute("aria-rowcount")) - 1;
  const kindLine = (name: RegExp) => page.getByRole("navigation", { name: "Kinds" }).getByRole("link", { name });
  async function show(contextName: string, sight: string): Promise<void> {
    const [resource = "", query = ""] = sight.split("?");
    const id = encodeURIComponent(contexts.get(contextName) ?? "");
    await page.goto(`${new URL(page.url()).origin}/#/browse/${resource}?c=${id}&${query}`);
  }

  it("shows the namespaces that may be seen, and says that it is limited to them", async () => {
    await show("lister", "pods");
    await row(/^web-team-a/).waitFor();
    await row(/^web-team-b/).waitFor();
    await expect.poll(rowCount).toBe(2);
    await status().getByText("limited to the 2 namespaces you have access to").waitFor();
    expect(await row(/^web-team-c/).count()).toBe(0);
    // The palette finds what stands in them, also of kinds that no list is open of.
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("web-team-");
    const options = page.getByRole("dialog").getByRole("option");
    for (const namespace of mine) {
      await expect
        .poll(() => options.allInnerTexts())
        .toContainEqual(expect.stringMatching(`Deployment · ${namespace}`));
    }
    expect(await options.filter({ hasText: "team-c" }).count()).toBe(0);
    await page.keyboard.press("Escape");
  });

  it("marks the kinds that may not be listed", async () => {
    await show("lister", "pods");
    await kindLine(/^Secrets.*You don't have permission to list these/).waitFor();
    await kindLine(/^Nodes.*You don't have permission to list these/).waitFor();
    await expect.poll(() => kindLine(/^Pods/).innerText()).toMatch(/2/);
    expect(await kindLine(/^Pods.*You don't have permission to list/).count()).toBe(0);
    await kindLine(/^Secrets/).click();
    await page.getByText("You don't have permission to list Secrets here").waitFor();
    await kindLine(/^Nodes/).click();
    await page.getByText("You don't have permission to list Nodes here").waitFor();
  });

  it("disables what may not be done, with the reason, by object", async () => {
    await show("lister", "pods");
    const deletion = async (pod: RegExp) => {
      await row(pod).click({ button: "right" });
      return page.getByRole("menuitem", { name: /^Delete/ });
    };
    const refused = await deletion(/^web-team-a/);
    await expect.poll(() => refused.getAttribute("aria-disabled")).toBe("true");
    await expect.poll(() => refused.innerText()).toMatch(/delete.*pods/);
    await page.keyboard.press("Escape");
    const allowed = await deletion(/^web-team-b/);
    await allowed.waitFor();
    await expect.poll(() => allowed.getAttribute("aria-disabled")).not.toBe("true");
    await page.keyboard.press("Escape");
  });

  it("looks into the namespace of the context where namespaces may not be listed, and into those typed", async () => {
    await show("guest", "pods");
    await row(/^web-team-a/).waitFor();
    await expect.poll(rowCount).toBe(1);
    await status().getByText("limited to the 1 namespace you have access to").waitFor();
    await grid().focus();
    await page
      .getByRole("button", { name: /^Namespaces/ })
      .first()
      .click();
    await page.getByText("You don't have permission to list namespaces.", { exact: false }).waitFor();
    await page.getByRole("textbox", { name: "Type a namespace" }).fill("team-b");
    await page.keyboard.press("Enter");
    await row(/^web-team-b/).waitFor();
    await show("guest", "pods?ns=team-a,team-b,team-c");
    await expect.poll(rowCount).toBe(2);
    await status().getByText("limited to the 2 namespaces you have access to").waitFor();
    await show("guest", "pods?ns=team-c");
    await page.getByText("You don't have permission to list Pods here").waitFor();
  });

  it("reads well to a screen reader where things are forbidden", async () => {
    for (const sight of ["pods", "secrets", "nodes"]) {
      await show("guest", sight);
      await kindLine(/^Nodes.*You don't have permission to list these/).waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
  });
});
