import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { awsAnswers } from "../unit/platforms/aws-answers.ts";
import { callsOf, kubeconfigText, standIn } from "../unit/platforms/stand-in.ts";
import { freshPlaces } from "./places.ts";
import { Wizard } from "./wizard.ts";

async function timesAsked(bin: string): Promise<number> {
  return (await callsOf(bin, "gcloud")).filter(({ args }) => args.join(" ").startsWith("auth list")).length;
}

/** The step "Platform" with programs that stand in for the clouds' and Docker's tools: no cloud and no Docker is here. */
describe("the platforms of the wizard", () => {
  const places = freshPlaces();

  it("finds an EKS cluster, shows its node pools and commands, and adds it; creates one with kind", async () => {
    const bin = join(places.place.folder, "bin");
    await standIn(bin, "aws", awsAnswers);
    await standIn(bin, "eksctl", [{ when: "version", out: "0.215.0\n" }]);
    await standIn(bin, "gcloud", [
      { when: "--version", out: "Google Cloud SDK 545.0.0\n" },
      { when: "auth list", out: "[]" },
      { when: "config list", out: "{}" },
      { when: "auth login", out: "You are now logged in as [student@example.com].\n" },
    ]);
    const labels = "io.x-k8s.kind.cluster=old,io.x-k8s.kind.role=control-plane";
    const oldNode = { Names: "old-control-plane", Image: "kindest/node:v1.30.2", State: "running", Labels: labels };
    const runtime = { ServerVersion: "28.5.1", NCPU: 8, MemTotal: 32 * 1024 ** 3 };
    await standIn(bin, "docker", [
      { when: "--version", out: "Docker version 28.5.1, build e180ab8\n" },
      { when: "info", out: JSON.stringify(runtime) },
      { when: "ps", out: JSON.stringify(oldNode) },
    ]);
    await standIn(bin, "kind", [
      { when: "version", out: "0.30.0\n" },
      { when: "get clusters", out: "old\n" },
      { when: "create cluster", writes: { option: "--kubeconfig", text: kubeconfigText("kind-kubeflow") } },
    ]);
    const { link } = await places.start({ env: { PATH: bin } });
    const page = await places.page();
    const wizard = new Wizard(page);
    await page.goto(link);
    await page.goto(`${new URL(page.url()).origin}/#/install/cluster`);
    await wizard.heading("Where should Kubeflow run?").waitFor();
    // Opening the step asks for versions, and no cloud for anything.
    const card = (name: string) => page.getByRole("radio", { name: new RegExp(`^${name}`) });
    await page.getByText("aws 2.31, eksctl 0.215").waitFor();
    await wizard.button("Start practice cluster").waitFor();
    expect([...new Set((await callsOf(bin, "aws")).map(({ args }) => args.join(" ")))]).toEqual(["--version"]);

    await card("Amazon EKS").check({ force: true });
    await page.getByText("arn:aws:iam::111122223333:user/student", { exact: true }).waitFor();
    await page.getByText("no permission", { exact: true }).waitFor();
    await page.getByText("not enabled").waitFor();
    const general = page.getByRole("row", { name: /^general/ });
    await general.getByText("8 CPUs, 32 GiB each").waitFor();
    await page.getByRole("row", { name: /^arm/ }).getByText("Not suitable").waitFor();
    await page.getByText(/aws eks update-kubeconfig --region ap-northeast-2 --name kf-seoul/).waitFor();
    await wizard.button("Run and connect").click();
    await page.getByRole("heading", { name: "kf-seoul", exact: true }).waitFor();
    // The cluster that the stand-in names does not exist.
    await page.getByRole("alert").filter({ hasText: "127.0.0.1" }).waitFor();

    // The commands are in a tab that stays.
    await page.locator(".dock-tabs").getByText("Adding kf-seoul").waitFor();
    const screen = () => page.locator(".xterm:visible .xterm-rows").innerText();
    await expect.poll(() => screen()).toContain("$ aws eks update-kubeconfig --region ap-northeast-2");

    await card("Google GKE").check({ force: true });
    await page.getByText("gcloud auth login").first().waitFor();
    await wizard.button("Sign in").click();
    await page.locator(".dock-tabs").getByText("Signing in with gcloud").waitFor();
    await expect.poll(() => screen()).toContain("You are now logged in as [student@example.com].");
    // The card asks again by itself.
    await expect.poll(async () => timesAsked(bin)).toBeGreaterThan(1);

    await card("This computer").check({ force: true });
    await page.getByText("docker 28.5.1: 8 CPUs, 32 GiB").waitFor();
    await page.getByText(/runs Kubernetes 1\.30\.2; needs 1\.\d+ or later/).waitFor();
    await wizard.button("Create… kind").click();
    await page.getByText(/kind create cluster --name kubeflow --config/).waitFor();
    await wizard.button("Create cluster").click();
    await page.getByRole("heading", { name: "kind-kubeflow", exact: true }).waitFor();
    expect((await callsOf(bin, "kind")).filter(({ args }) => args[0] === "create").length).toBe(1);
    wizard.expectNoComplaints();
  });
});
