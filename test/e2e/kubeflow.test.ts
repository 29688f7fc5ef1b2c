import { AxeBuilder } from "@axe-core/playwright";
import { beforeAll, describe, expect, it } from "vitest";
import { createTools } from "../../electron/tools/index.ts";
import { startRegistry } from "../cluster/registry-server.ts";
import { hasOpenssl, makeCertificate } from "../unit/certificates/make-certificates.ts";
import { useDesk } from "./desk.ts";
import { dexObjects } from "./dex-objects.ts";

const minute = 60_000;

describe("the place Kubeflow", () => {
  const desk = useDesk({ width: 1280, height: 800 });
  const button = (name: string | RegExp) => desk.page.getByRole("button", { name }).first();
  const rail = () =>
    desk.page.getByRole("navigation", { name: "Main navigation" }).getByRole("link", { name: "Kubeflow" });

  async function axe(): Promise<void> {
    const { violations } = await new AxeBuilder({ page: desk.page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(" ")}`)).toEqual([]);
  }

  beforeAll(async () => {
    await desk.go("#/kubeflow");
    await desk.page.getByText("Kubeflow isn't installed on this cluster").waitFor();
    await axe();
    await desk.go("#/");
    expect(await rail().count()).toBe(0);
    await desk.go("#/install/settings");
    await desk.page.getByRole("radio", { name: /Starter/ }).check({ force: true });
    await button(/How will people reach it\?/).click();
    await desk.page.getByRole("option", { name: /NodePort/ }).click();
    await desk.page.getByRole("listbox").waitFor({ state: "hidden" });
    await desk.wizard.fillSettings({ release: "Starter (offline)", name: "starter", baseDir: desk.place.baseDir });
    await desk.wizard.heading("Components").waitFor();
    await desk.wizard.button("Continue").click();
    await desk.wizard.passChecks();
    // The plan names what this choice changes, and why.
    await desk.page.getByText("Opens port 31380 on every node").waitFor({ timeout: minute });
    await axe();
    await desk.wizard.button("Install").click();
    await desk.wizard.untilInstalled("Starter (offline)");
  }, 4 * minute);

  it("shows what is installed and that it works, and is in the rail from then on", async () => {
    await rail().click();
    await desk.page.getByRole("heading", { level: 1, name: "Starter (offline)" }).waitFor();
    await desk.page.locator(".kubeflow-title").getByText("Everything works").waitFor();
    const database = desk.page.locator(".kubeflow-component").filter({ hasText: "Database" });
    expect(await database.innerText()).toMatch(/1\/1/);
    await desk.page.getByText("student@example.com").first().waitFor();
    await desk.page.getByText(/^All \d+ objects are as they were installed\.$/).waitFor();
    // The practice cluster measures nothing: what is requested is shown, and why no more is.
    const inUse = desk.page.locator(".kubeflow-usage");
    await inUse
      .getByText(/requested$/)
      .first()
      .waitFor();
    await desk.page.getByText(/no metrics API/).waitFor();
    expect(await inUse.innerText()).toMatch(/CPU\s+\S+\s+\/ \S+\s+\S+ requested/);
    expect(await desk.page.getByText(/no metrics API/).count()).toBe(1);
    await axe();
  });

  it("says what broke with its cause, and leads to it", async () => {
    await desk.call("practice.setFaults", { faults: [{ id: "absent", kind: "image-pull", image: "*:absent" }] });
    await desk.kubectl.text(
      "-n",
      "kubeflow-system",
      "set",
      "image",
      "deployment/gateway",
      "*=registry.example/gateway:absent",
    );
    await desk.kubectl.text("-n", "kubeflow-system", "scale", "deployment/gateway", "--replicas=0");
    await desk.kubectl.text("-n", "kubeflow-system", "scale", "deployment/gateway", "--replicas=1");
    const cause = desk.page.locator(".kubeflow-cause").first();
    await cause.getByText(/^Gateway: /).waitFor();
    await desk.page.locator(".kubeflow-title").getByText("1 of 8 components needs attention").waitFor();
    await cause.getByRole("button", { name: /^Show/ }).focus();
    await desk.page.keyboard.press("Enter");
    await expect.poll(() => new URL(desk.page.url()).hash).toContain("o=kubeflow-system%2Fgateway");
  });

  it("adds and imports people by keyboard, after a review, and says what is wrong with a list", async () => {
    await desk.kubectl.apply(...dexObjects);
    await desk.kubectl.wait("deployment/dex", "condition=Available", "-n", "auth");
    await desk.go("#/kubeflow");
    await button("People and sign-in…").focus();
    await desk.page.keyboard.press("Enter");
    const dialog = desk.page.getByRole("dialog");
    await dialog.getByRole("rowheader", { name: "user@example.com" }).waitFor();
    await axe();
    await dialog.getByRole("button", { name: "Add person" }).press("Enter");
    await dialog.getByRole("button", { name: "Review" }).press("Enter");
    await dialog.getByText("Enter an email address, such as user@example.com.").waitFor();
    await dialog.getByRole("textbox", { name: "Email address" }).fill("ann@example.com");
    await dialog.getByRole("textbox", { name: "New password" }).fill("correct horse");
    await axe();
    await dialog.getByRole("button", { name: "Review" }).press("Enter");
    await dialog.getByText("Add ann@example.com, shown as ann").waitFor();
    await dialog.getByRole("button", { name: "Apply" }).press("Enter");
    await dialog.getByText("Dex runs with the change.").waitFor();
    await axe();
    await dialog.getByRole("button", { name: "Back to the list" }).press("Enter");
    await dialog.getByRole("rowheader", { name: "ann@example.com" }).waitFor();

    const paste = async (list: string) => {
      await dialog.getByRole("button", { name: "Import list" }).press("Enter");
      await dialog.getByRole("textbox", { name: "Or paste it here" }).fill(list);
      await dialog.getByRole("button", { name: "Review" }).press("Enter");
    };
    await paste("email,name\nbo@example.com,Bo\nnot an address,x\n");
    await dialog.getByText("Line 3: not an address is not an email address.").waitFor();
    expect(await dialog.getByRole("button", { name: "Apply" }).isDisabled()).toBe(true);
    await dialog.getByRole("button", { name: "Back" }).press("Enter");
    expect(await dialog.getByRole("textbox", { name: "Or paste it here" }).inputValue()).toContain("not an address");
    await dialog.getByRole("button", { name: "Back" }).press("Enter");
    await paste("email,name\nbo@example.com,Bo\n");
    await dialog.getByText("Add bo@example.com, shown as Bo, with a generated password").waitFor();
    await dialog.getByRole("button", { name: "Apply" }).press("Enter");
    await dialog.getByText("Generated passwords").first().waitFor();
    expect(await dialog.getByRole("row", { name: "bo@example.com" }).innerText()).toMatch(/(\w{5}-){2}\w{5}$/);
    await dialog.getByRole("button", { name: "Back to the list" }).press("Enter");
    await dialog.getByRole("rowheader", { name: "bo@example.com" }).waitFor();
    await dialog.getByRole("button", { name: "Add connector…" }).press("Enter");
    await dialog.getByRole("button", { name: "Try and review" }).press("Enter");
    await dialog.getByText("Enter a name without $.").waitFor();
    expect(await dialog.getByText("Enter a value.").count()).toBe(2);
    await axe();
    await dialog.getByRole("button", { name: "Back" }).press("Enter");
    await desk.page.keyboard.press("Escape");
    desk.wizard.expectNoComplaints();
  });

  it("checks and copies its images, and connects a registry only with credentials that it accepts", async () => {
    const registry = await startRegistry(createTools());
    try {
      await desk.go("#/kubeflow");
      await button("Open…").click();
      const dialog = desk.page.getByRole("dialog");
      await dialog.getByText("docker.io/library/postgres").first().waitFor();
      await dialog.getByRole("searchbox", { name: "Filter images" }).fill("o");
      await axe();
      await dialog.getByRole("textbox", { name: "Copy to" }).fill("https://registry.example");
      await dialog.getByText("Enter a registry and a path in lower case").waitFor();
      await dialog.getByRole("radio", { name: "Registries" }).click();
      await dialog.getByText("No registry is connected.").waitFor();
      await dialog.getByRole("button", { name: /Type/ }).click();
      await desk.page.getByRole("option", { name: "Registry (API v2)" }).click();
      const fill = (name: string, value: string) => dialog.getByRole("textbox", { name }).fill(value);
      await fill("Address", "127.0.0.1:1");
      await fill("Username", "course");
      await fill("Password or access token", "right");
      await dialog.getByRole("button", { name: "Check and connect" }).press("Enter");
      await dialog.getByText("127.0.0.1:1 doesn't answer.").waitFor();
      await axe();
      await fill("Address", registry.host);
      await dialog.getByRole("button", { name: "Check and connect" }).press("Enter");
      await dialog.getByRole("button", { name: `Sign in: ${registry.host}` }).waitFor();
      await dialog.getByRole("radio", { name: "Pull secrets" }).click();
      await dialog.getByRole("button", { name: /^Write into \d+ namespaces$/ }).press("Enter");
      await dialog.getByText(/^0 of \d+ namespaces need the Secret\.$/).waitFor();
      await axe();
      await desk.page.keyboard.press("Escape");
    } finally {
      await registry.stop();
    }
  });

  it("deploys a registry after a review by keyboard, shows what nodes need, and deletes it by its name", async () => {
    await desk.go("#/kubeflow");
    await button("Open…").click();
    const dialog = desk.page.getByRole("dialog");
    await dialog.getByRole("radio", { name: "In this cluster" }).click();
    await dialog.getByRole("textbox", { name: "Size of the volume" }).fill("much");
    await dialog.getByText("This value isn't valid.").waitFor();
    await dialog.getByRole("textbox", { name: "Size of the volume" }).fill("5Gi");
    await axe();
    await dialog.getByRole("button", { name: "Review" }).press("Enter");
    await dialog.getByText("PersistentVolumeClaim registry-data").waitFor();
    await dialog.getByRole("button", { name: "Set up the nodes" }).press("Enter");
    await dialog.getByText("The CA certificate is created when the registry is deployed.").first().waitFor();
    await axe();
    await dialog.getByRole("button", { name: "Deploy" }).press("Enter");
    await dialog.getByText(/^The registry is running at/).waitFor({ timeout: minute });
    await dialog.getByRole("button", { name: "Done" }).press("Enter");
    await dialog.getByText("Running in the namespace flowdeck-registry.").waitFor();
    await dialog.getByRole("button", { name: "Set up the nodes" }).press("Enter");
    await dialog.getByText("BEGIN CERTIFICATE").first().waitFor();
    await axe();
    await dialog.getByRole("button", { name: /^Delete registry/ }).press("Enter");
    await dialog.getByText("Keep the volume claim registry-data with all images (5Gi)").waitFor();
    await dialog.getByRole("textbox", { name: "Enter registry to confirm" }).fill("registry");
    await dialog.getByRole("button", { name: "Delete registry", exact: true }).press("Enter");
    await dialog.getByRole("heading", { name: "Deploy a registry" }).waitFor();
    await desk.page.keyboard.press("Escape");
    desk.wizard.expectNoComplaints();
  });

  it("shows how it is reached, and changes that once it was shown what changes", async () => {
    await desk.go("#/kubeflow");
    const aside = desk.page.locator(".kubeflow-aside");
    await aside.getByText(/^http:\/\/[\d.]+:31380$/).waitFor();
    await aside.getByText("does not answer").waitFor();
    await desk.page.getByText(/practice cluster's nodes are simulated/).waitFor();
    await aside.getByRole("button", { name: "Change…" }).focus();
    await desk.page.keyboard.press("Enter");
    const dialog = desk.page.getByRole("dialog");
    const choose = async (label: RegExp, option: RegExp) => {
      await dialog.getByRole("button", { name: label }).click();
      await desk.page.getByRole("option", { name: option }).click();
    };
    if (hasOpenssl) {
      await choose(/How will people reach it/, /Ingress/);
      await choose(/TLS certificate/, /My own/);
      await dialog.getByRole("textbox", { name: "Hostname" }).fill("kubeflow.example.com");
      await dialog.getByRole("radio", { name: "Paste" }).click();
      const other = makeCertificate({ name: "other", names: ["DNS:other.example.com"] });
      await dialog.getByRole("textbox", { name: "Certificate chain" }).fill(other.certificate);
      await dialog.getByRole("textbox", { name: "Private key" }).fill(other.key);
      await desk.page.keyboard.press("Tab");
      await dialog.getByText("The certificate is for other.example.com, not for kubeflow.example.com.").waitFor();
      await axe();
      await dialog.getByRole("button", { name: "Show what changes" }).click();
      await dialog.getByText("The certificate can't be used.").waitFor();
      await dialog.getByRole("button", { name: "Back" }).click();
      // One that ends in two days is taken, and the rail says so from then on.
      const end = new Date(Date.now() + 2.5 * 24 * 3600_000);
      const to = `${end.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
      const host = "kubeflow.example.com";
      const soon = makeCertificate({ name: host, names: [`DNS:${host}`], from: "20260101000000Z", to });
      await dialog.getByRole("textbox", { name: "Certificate chain" }).fill(soon.certificate);
      await dialog.getByRole("textbox", { name: "Private key" }).fill(soon.key);
      await dialog.getByRole("button", { name: "Show what changes" }).click();
      await dialog.getByRole("button", { name: "Change it" }).click();
      await dialog.getByText("The way in was changed.").waitFor();
      await axe();
      await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
      const expires = /starter: The certificate for kubeflow\.example\.com expires on .*, in 2 days\./;
      await desk.page.locator(".rail").getByRole("status").getByText(expires).waitFor();
      await desk.page.getByText(/^The certificate for kubeflow\.example\.com expires on .*, in 2 days\.$/).waitFor();
      await axe();
      await aside.getByRole("button", { name: "Change…" }).click();
    }
    await choose(/How will people reach it/, /load balancer/);
    await choose(/TLS certificate/, /No TLS/);
    await dialog.getByRole("textbox", { name: "Hostname" }).fill("");
    await dialog.getByRole("button", { name: "Show what changes" }).click();
    await dialog.getByText("Requests a load balancer, which has a separate address").waitFor();
    await axe();
    await dialog.getByRole("button", { name: "Change it" }).focus();
    await desk.page.keyboard.press("Enter");
    await dialog.getByText("The way in was changed.").waitFor();
    await desk.page.keyboard.press("Escape");
    await aside.getByText("no address yet").waitFor();
    await aside.getByText(/The practice cluster has no load balancers/).waitFor();
    await button("Check again").click();
    await desk.page.locator(".top .segmented-item[lang=ko]").click();
    await aside.getByText("아직 주소 없음").waitFor();
    await axe();
    await desk.page.locator(".top .segmented-item[lang=en]").click();
  });

  it("finds who changed what, keeps it, and puts it back by keyboard, in Korean too", async () => {
    await desk.kubectl.text("-n", "kubeflow", "delete", "service", "dashboard");
    await desk.go("#/kubeflow");
    await desk.page.getByRole("button", { name: "Compare…" }).waitFor();
    await desk.page.getByRole("button", { name: "Check again" }).focus();
    await desk.page.keyboard.press("?");
    await desk.page.getByRole("dialog").getByText("Compare with what was installed").waitFor();
    await desk.page.keyboard.press("Escape");
    await desk.page.getByRole("button", { name: "Check again" }).focus();
    await desk.page.keyboard.press("v");
    const dialog = desk.page.getByRole("dialog");
    await dialog.getByText("kubectl set").first().waitFor();
    await axe();
    await dialog.getByRole("checkbox", { name: /Deployment kubeflow-system\/gateway/ }).check();
    await dialog.getByRole("button", { name: "Keep mine", exact: true }).click();
    await dialog.getByText("kept", { exact: true }).waitFor();
    await dialog.getByRole("checkbox", { name: "Select all" }).focus();
    await desk.page.keyboard.press("Space");
    await dialog.getByRole("button", { name: "Put back…" }).focus();
    await desk.page.keyboard.press("Enter");
    await dialog.getByText("is created again").waitFor();
    await axe();
    await dialog.getByRole("button", { name: "Put back", exact: true }).focus();
    await desk.page.keyboard.press("Enter");
    await dialog.getByText("2 objects are as they were installed.").waitFor();
    await desk.page.keyboard.press("Escape");
    await desk.page.getByText(/^All \d+ objects are as they were installed\.$/).waitFor();
    await desk.page.locator(".kubeflow-title").getByText("Everything works").waitFor();

    await desk.page.locator(".top .segmented-item[lang=ko]").click();
    await desk.page.locator(".kubeflow-title").getByText("모두 정상").waitFor();
    await axe();
    desk.wizard.expectNoComplaints();
  });
});
