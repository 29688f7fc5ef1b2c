import { AxeBuilder } from "@axe-core/playwright";
import { beforeAll, describe, expect, it } from "vitest";
import { useDesk } from "./desk.ts";

/** A loaded machine takes longer than a poll waits by itself. */
const patient = { timeout: 20_000 };

describe("overview of the cluster", () => {
  const desk = useDesk({ width: 1280, height: 800 });
  const card = (kind: string) =>
    desk.page.getByRole("list", { name: "Main kinds" }).getByRole("link").filter({ hasText: kind }).first();

  beforeAll(async () => {
    await desk.call("practice.setFaults", { faults: [{ id: "absent", kind: "image-pull", image: "*:absent" }] });
    const pod = (name: string, tag: string) => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace: "default" },
      spec: {
        containers: [
          {
            name: "main",
            image: `registry.example/${name}:${tag}`,
            resources: { requests: { cpu: "500m", memory: "1Gi" } },
          },
        ],
      },
    });
    await desk.kubectl.apply(pod("well", "1"), pod("broken", "absent"));
    await desk.kubectl.apply({
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: "broken.warning", namespace: "default" },
      involvedObject: { apiVersion: "v1", kind: "Pod", namespace: "default", name: "broken" },
      type: "Warning",
      reason: "Crumbling",
      message: "It crumbles.",
      count: 4,
      lastTimestamp: "2199-01-01T00:00:00Z",
    });
    await desk.kubectl.wait("pod/well", "condition=Ready");
  });

  it("shows a broken pod, and leads to it", async () => {
    await desk.go(`#/browse/pods?c=${encodeURIComponent(desk.context)}`);
    const overview = desk.page.getByRole("navigation", { name: "Kinds" }).getByRole("link", { name: "Overview" });
    await overview.click();
    await desk.page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
    expect(await overview.getAttribute("aria-current")).toBe("page");
    await card("Pods").getByText("1 failing").waitFor();
    await desk.page.getByText("Total requests of 2 pods on nodes.").waitFor();
    await desk.page.getByText(/^1 of \d+ cores/).waitFor();
    await desk.page.getByText("This cluster has no metrics API").waitFor();

    await card("Pods").focus();
    await desk.page.keyboard.press("Enter");
    await desk.page.getByRole("heading", { name: "Pods", level: 1 }).waitFor();
    expect(new URL(desk.page.url()).hash).toContain("faults");
    const rows = desk.page.getByRole("grid").getByText(/^(well|broken)$/);
    await expect.poll(() => rows.allInnerTexts(), patient).toEqual(["broken"]);
  });

  it("leads from a warning to what it is about", async () => {
    await desk.go("#/overview");
    await desk.page.getByText("It crumbles.").waitFor();
    await desk.page.getByRole("link", { name: "Pod default/broken" }).first().click();
    await expect.poll(() => new URL(desk.page.url()).hash, patient).toContain("o=default%2Fbroken");
  });

  it("looks at the namespaces that are chosen, and stays", async () => {
    await desk.go("#/overview");
    await desk.page.getByRole("button", { name: /All namespaces/ }).click();
    await desk.page.keyboard.type("kube-public");
    await desk.page.keyboard.press("Enter");
    await desk.page.getByText("In kube-public").waitFor();
    await expect.poll(() => card("Pods").innerText(), patient).toMatch(/^Pods\s+0$/);
    await desk.page.getByRole("button", { name: "Show all namespaces" }).click();
    await card("Pods").getByText("1 failing").waitFor();
    expect(new URL(desk.page.url()).hash).toBe("#/overview");
  });

  it("has nothing for axe to complain about, in both themes", async () => {
    await desk.go("#/overview");
    await card("Pods").getByText("1 failing").waitFor();
    for (const theme of ["Light", "Dark"]) {
      await desk.page.getByRole("radio", { name: theme, exact: true }).click();
      const { violations } = await new AxeBuilder({ page: desk.page }).include(".browse").analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")}`)).toEqual([]);
    }
    desk.wizard.expectNoComplaints();
  });
});
