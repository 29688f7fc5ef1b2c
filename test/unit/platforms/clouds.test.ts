import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PlatformAction } from "../../../common/contract/index.ts";
import { failureKind } from "../../../electron/platforms/explain.ts";
import { awsAnswers } from "./aws-answers.ts";
import { platformsRoom } from "./room.ts";
import { callsOf, kubeconfigText, standIn } from "./stand-in.ts";

let room: Awaited<ReturnType<typeof platformsRoom>>;
beforeEach(async () => {
  room = await platformsRoom();
});
afterEach(() => room.close());

const sizes = { nodes: 3, cpu: 8, memoryGiB: 16, diskGiB: 60, kubernetes: "1.34" };

describe("clouds, through stand-ins for their tools", () => {
  it("says which region was denied, which is not enabled, and which does not answer", async () => {
    const slow = { when: "eks list-clusters --region eu-west-1", out: "{}", waitMs: 60_000 };
    await standIn(room.bin, "aws", [slow, ...awsAnswers]);
    const { cloud } = await room.look("eks");
    expect(cloud?.regions.map(({ name, state }) => [name, state])).toEqual([
      ["ap-northeast-2", "answered"],
      ["eu-west-1", "timeout"],
      ["me-central-1", "disabled"],
      ["us-west-2", "denied"],
    ]);
    expect(cloud?.clusters[0]?.pools?.map(({ name, cpu, architecture }) => [name, cpu, architecture])).toEqual([
      ["general", 8, "amd64"],
      ["arm", 2, "arm64"],
    ]);
  }, 30_000);

  it("says that a session has expired, that a tool is too old, and that it printed no JSON", async () => {
    const expired =
      "An error occurred (ExpiredToken) when calling the GetCallerIdentity operation: The security token included in the request is expired";
    await standIn(room.bin, "aws", [{ when: "sts", err: expired, code: 254 }, ...awsAnswers]);
    expect((await room.look("eks", "work")).cloud).toMatchObject({
      problem: { code: "credentials-rejected", said: { id: "platform.expired" } },
      signIn: "aws sso login --profile work",
    });
    await standIn(room.bin, "aws", [{ when: "--version", out: "aws-cli/1.16.3 Python/2.7" }]);
    expect((await room.look("eks")).cloud?.problem).toMatchObject({ said: { id: "platform.tooOld" } });
    await standIn(room.bin, "aws", [{ when: "sts", out: "<html>proxy</html>" }, ...awsAnswers]);
    expect((await room.look("eks")).cloud?.problem).toMatchObject({
      code: "answer-unreadable",
      detail: "<html>proxy</html>",
    });
    expect((await room.look("aks")).cloud?.problem).toMatchObject({ code: "tool-missing" });
  });

  it("finds AKS clusters with their pools, and creates one in a resource group of its own", async () => {
    const profile = {
      name: "nodepool1",
      count: 3,
      vmSize: "Standard_D4ps_v5",
      maxPods: 30,
      minCount: null,
      maxCount: null,
    };
    const cluster = {
      name: "kf",
      location: "koreacentral",
      resourceGroup: "course",
      currentKubernetesVersion: "1.34.0",
      provisioningState: "Succeeded",
      powerState: { code: "Running" },
      agentPoolProfiles: [profile],
    };
    const capabilities = { vCPUs: "4", MemoryGB: "16", CpuArchitectureType: "Arm64" };
    const sku = {
      name: "Standard_D4ps_v5",
      capabilities: Object.entries(capabilities).map(([name, value]) => ({ name, value })),
    };
    const account = { id: "0000-1111", name: "Course", isDefault: true, user: { name: "student@example.com" } };
    await standIn(room.bin, "az", [
      { when: "version", out: '{"azure-cli": "2.77.0"}' },
      { when: "account show", out: JSON.stringify(account) },
      { when: "account list", out: JSON.stringify([account]) },
      { when: "aks list", out: JSON.stringify([cluster]) },
      { when: "vm list-skus", out: JSON.stringify([sku]) },
      { when: "aks get-credentials", writes: { option: "--file", text: kubeconfigText("new") } },
      { when: "group" },
      { when: "aks create" },
    ]);
    const { cloud } = await room.look("aks");
    expect(cloud).toMatchObject({ state: "ready", identity: { accountName: "Course" } });
    expect(cloud?.clusters[0]?.pools).toEqual([
      {
        name: "nodepool1",
        count: 3,
        instanceType: "Standard_D4ps_v5",
        architecture: "arm64",
        cpu: 4,
        memoryBytes: 16 * 1024 ** 3,
        pods: 30,
        gpus: 0,
      },
    ]);
    const request: PlatformAction = {
      action: "create",
      platform: "aks",
      name: "new",
      region: "koreacentral",
      account: "0000-1111",
      ...sizes,
    };
    expect(await room.run(request)).toMatchObject({ state: "done", contextName: "new" });
    const made = { platform: "aks", name: "new", region: "flowdeck-new", account: "0000-1111" } as const;
    expect((await room.run({ action: "delete", ...made }, "new")).state).toBe("done");
    const lines = (await callsOf(room.bin, "az")).map(({ args }) => args.join(" "));
    expect(lines.at(-1)).toBe("group delete --name flowdeck-new --subscription 0000-1111 --yes");
  });

  it("deletes with eksctl what a failed creation left", async () => {
    await standIn(room.bin, "eksctl", [
      { when: "version", out: "0.215.0\n" },
      { when: "create cluster", err: "Error: VcpuLimitExceeded: You have requested more vCPU capacity\n", code: 1 },
      { when: "delete cluster" },
    ]);
    const job = await room.run({ action: "create", platform: "eks", name: "new", region: "ap-northeast-2", ...sizes });
    expect(job).toMatchObject({ state: "failed", problem: { said: { id: "platform.quota" } } });
    const [, last] = (await callsOf(room.bin, "eksctl")).map(({ args }) => args.join(" "));
    expect(last).toBe("delete cluster --name new --region ap-northeast-2 --wait");
  });

  it.each([
    [
      "ERROR: (gcloud.container.clusters.list) ResponseError: code=403, message=Kubernetes Engine API has not been used in project 1 before or it is disabled.",
      "api-disabled",
    ],
    [
      "ERROR: (gcloud.auth.print-access-token) There was a problem refreshing your current auth tokens: Reauthentication failed.",
      "expired",
    ],
    [
      'ERROR: (gcloud.container.clusters.list) ResponseError: code=403, message=Required "container.clusters.list" permission(s) for "projects/x".',
      "denied",
    ],
    ["ERROR: Please run 'az login' to setup account.", "signed-out"],
    [
      "(QuotaExceeded) Operation could not be completed as it results in exceeding approved Total Regional Cores quota.",
      "quota",
    ],
    ['Could not connect to the endpoint URL: "https://sts.us-east-1.amazonaws.com/"', "unreachable"],
    ["An error occurred (UnrecognizedClientException) when calling the ListClusters operation", "rejected"],
    ["(ResourceGroupNotFound) Resource group 'x' could not be found.", "not-found"],
    ["ResponseError: code=404, message=Not found. No cluster named 'x' in y. It is unauthenticated.", "not-found"],
    ["something else", "other"],
  ] as const)("knows what %s means", (words, kind) => {
    expect(failureKind(words)).toBe(kind);
  });
});
