import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloudTools } from "../cloud-tools.ts";
import { hasOpenssl, makeCertificate } from "../unit/certificates/make-certificates.ts";
import { platformsRoom } from "../unit/platforms/room.ts";
import { AzureServer, subscription } from "./azure-server.ts";

const execute = promisify(execFile);

/** The az CLI itself, signed in at a server that answers as Azure does. */
const tools = hasOpenssl ? await cloudTools("az") : { missing: "there is no openssl" };
const reason = "missing" in tools ? ` (${tools.missing})` : "";

describe.skipIf(reason !== "")(`AKS through the az CLI${reason}`, () => {
  let folder: string;
  let azure: AzureServer;
  let env: Record<string, string>;
  let room: Awaited<ReturnType<typeof platformsRoom>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "flowdeck-azure-"));
    const pair = makeCertificate({ name: "localhost", names: ["DNS:localhost", "IP:127.0.0.1"], authority: true });
    await writeFile(join(folder, "ca.pem"), pair.certificate);
    azure = new AzureServer(pair);
    await azure.listen();
    env = {
      PATH: "path" in tools ? tools.path : "",
      HOME: homedir(),
      AZURE_CONFIG_DIR: join(folder, "azure"),
      AZURE_CORE_INSTANCE_DISCOVERY: "false",
      REQUESTS_CA_BUNDLE: join(folder, "ca.pem"),
    };
    room = await platformsRoom(env);
  });

  afterAll(async () => {
    await room?.close();
    azure?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("says how to sign in where no one is", async () => {
    const { cloud, tools: found } = await room.look("aks");
    expect(found?.find(({ name }) => name === "az")).toMatchObject({ version: expect.stringMatching(/^2\.\d+\.\d+$/) });
    expect(cloud).toMatchObject({ state: "failed", signIn: "az login", problem: { code: "credentials-rejected" } });
    for (const args of azure.signIn) await execute("az", args, { env: { ...process.env, ...env } });
  });

  it("finds the clusters of a subscription and their node pools with what a node has", async () => {
    const { cloud } = await room.look("aks");
    expect(cloud?.problem).toBeUndefined();
    expect(cloud).toMatchObject({
      state: "ready",
      identity: { account: subscription, accountName: "Course" },
      accounts: [{ id: subscription, name: "Course", current: true }],
      regions: [{ name: "koreacentral", state: "answered", clusters: 1 }],
      clusters: [
        {
          platform: "aks",
          name: "kf",
          region: "course",
          location: "koreacentral",
          version: "1.34.0",
          status: "Succeeded",
        },
      ],
    });
    const node = { architecture: "arm64", cpu: 4, memoryBytes: 16 * 1024 ** 3, pods: 30, gpus: 0 };
    expect(cloud?.clusters[0]?.pools).toEqual([
      { name: "nodepool1", count: 3, instanceType: "Standard_D4ps_v5", ...node },
    ]);
  });

  it("adds a cluster's context, and says that a cluster does not exist", async () => {
    const at = { action: "use", platform: "aks", account: subscription } as const;
    expect(await room.run({ ...at, name: "kf", region: "course" })).toMatchObject({ state: "done", contextName: "kf" });
    for (const region of ["course", "nowhere"]) {
      const other = await room.run({ ...at, name: "other", region });
      expect(other).toMatchObject({ state: "failed", problem: { code: "not-found" } });
    }
  });

  it("creates a cluster in a group of its own, and deletes the group", async () => {
    azure.asked.length = 0;
    const sizes = { nodes: 3, cpu: 8, memoryGiB: 16, diskGiB: 60, kubernetes: "1.34" };
    const at = { platform: "aks", name: "new", account: subscription } as const;
    const created = await room.run({ action: "create", ...at, region: "koreacentral", ...sizes });
    expect(created).toMatchObject({ state: "done", contextName: "new" });
    const put = azure.asked.find(({ call }) => call.startsWith("PUT") && call.endsWith("/managedClusters/new"));
    expect(JSON.parse(put?.body ?? "{}")).toMatchObject({
      location: "koreacentral",
      tags: { "created-by": "flowdeck" },
      properties: {
        kubernetesVersion: "1.34",
        agentPoolProfiles: [{ count: 3, vmSize: "Standard_D4s_v5", osDiskSizeGB: 60 }],
      },
    });
    expect((await room.run({ action: "delete", ...at, region: "flowdeck-new" }, "new")).state).toBe("done");
    expect(azure.asked.some(({ call }) => /^DELETE .*resourcegroups\/flowdeck-new$/i.test(call))).toBe(true);
  });

  it("deletes what a refused creation has half made, and explains a quota and a missing permission", async () => {
    const sizes = { nodes: 3, cpu: 8, memoryGiB: 16, diskGiB: 60 };
    azure.failures.set(`PUT /subscriptions/${subscription}/resourceGroups/flowdeck-big/providers`, {
      status: 400,
      code: "QuotaExceeded",
      message: "Operation could not be completed as it results in exceeding approved Total Regional Cores quota.",
    });
    const request = {
      action: "create",
      platform: "aks",
      name: "big",
      region: "koreacentral",
      account: subscription,
    } as const;
    expect(await room.run({ ...request, ...sizes })).toMatchObject({
      state: "failed",
      problem: { said: { id: "platform.quota" } },
    });
    expect(azure.asked.some(({ call }) => /^DELETE .*resourcegroups\/flowdeck-big$/i.test(call))).toBe(true);
    azure.failures.set("/managedClusters", {
      status: 403,
      code: "AuthorizationFailed",
      message:
        "The client does not have authorization to perform action 'Microsoft.ContainerService/managedClusters/read'.",
    });
    expect((await room.look("aks")).cloud).toMatchObject({ state: "failed", problem: { code: "forbidden" } });
  });
});
