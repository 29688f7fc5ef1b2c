import { execFile, spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { contextId } from "../../common/contract/index.ts";
import { textOf } from "../../common/words/index.ts";
import { cloudTools } from "../cloud-tools.ts";
import { platformsRoom } from "../unit/platforms/room.ts";
import { freePort } from "./sign-in-world.ts";

const execute = promisify(execFile);
/** The aws CLI itself, against moto, which answers as AWS does. */
const tools = await cloudTools("aws");
const reason = "missing" in tools ? ` (${tools.missing})` : "";
const path = "missing" in tools ? "" : tools.path;
const region = "ap-northeast-2";

describe.skipIf(reason !== "")(`EKS through the aws CLI${reason}`, () => {
  let env: Record<string, string>;
  let room: Awaited<ReturnType<typeof platformsRoom>>;
  let stop: () => void;

  beforeAll(async () => {
    const port = await freePort();
    const started = { stdio: "ignore", env: { ...process.env, PATH: path } } as const;
    const moto = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], started);
    stop = () => void moto.kill();
    env = {
      PATH: path,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "testing",
      AWS_SECRET_ACCESS_KEY: "testing",
      AWS_EC2_METADATA_DISABLED: "true",
      // Where the programs find themselves, but not this computer's own accounts.
      HOME: homedir(),
      AWS_CONFIG_FILE: "/nowhere/config",
      AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials",
    };
    const answers = () =>
      fetch(`http://127.0.0.1:${port}/moto-api/`).then(
        ({ ok }) => ok,
        () => false,
      );
    await vi.waitUntil(answers, { timeout: 60_000, interval: 200 });
    const aws = (...args: string[]) =>
      execute("aws", [...args, "--region", region], { env: { ...process.env, ...env } });
    const { stdout } = await aws("ec2", "describe-subnets", "--query", "Subnets[].SubnetId", "--output", "text");
    const subnets = stdout.trim().split(/\s+/).slice(0, 2).join(",");
    const role = "arn:aws:iam::123456789012:role/eks";
    await aws(
      "eks",
      "create-cluster",
      "--name",
      "kf-seoul",
      "--kubernetes-version",
      "1.34",
      "--role-arn",
      role,
      "--resources-vpc-config",
      `subnetIds=${subnets}`,
    );
    for (const [name, type] of [
      ["general", "m5.2xlarge"],
      ["arm", "m6g.large"],
    ] as const)
      await aws(
        "eks",
        "create-nodegroup",
        "--cluster-name",
        "kf-seoul",
        "--nodegroup-name",
        name,
        "--instance-types",
        type,
        "--scaling-config",
        "minSize=2,maxSize=4,desiredSize=3",
        "--node-role",
        role,
        "--subnets",
        ...subnets.split(","),
      );
    room = await platformsRoom(env);
  });

  afterAll(async () => {
    await room?.close();
    stop?.();
  });

  it("finds who one is, the clusters of all regions, and their node pools with what a node has", async () => {
    const { tools, cloud, commands } = await room.look("eks");
    expect(tools?.find(({ name }) => name === "aws")).toMatchObject({ version: expect.stringMatching(/^\d+\.\d+/) });
    expect(cloud).toMatchObject({ state: "ready", identity: { account: "123456789012", profile: "default" } });
    const home = cloud?.regions.find(({ name }) => name === region);
    expect(home).toMatchObject({ state: "answered", clusters: 1 });
    expect(cloud?.regions.filter(({ state }) => state === "disabled").length).toBeGreaterThan(0);
    expect(cloud?.clusters).toMatchObject([
      { name: "kf-seoul", region, version: "1.34", status: "ACTIVE", made: false },
    ]);
    const pools = cloud?.clusters[0]?.pools?.toSorted((a, b) => (a.name < b.name ? 1 : -1));
    const GiB = 1024 ** 3;
    expect(pools).toMatchObject([
      {
        name: "general",
        count: 3,
        min: 2,
        max: 4,
        instanceType: "m5.2xlarge",
        architecture: "amd64",
        cpu: 8,
        memoryBytes: 32 * GiB,
        pods: 58,
        gpus: 0,
      },
      { name: "arm", instanceType: "m6g.large", architecture: "arm64", cpu: 2, memoryBytes: 8 * GiB },
    ]);
    expect(commands.find(({ line }) => line.includes("list-clusters"))?.count).toBeGreaterThan(10);
    expect(commands.every(({ state }) => state !== "running")).toBe(true);
  });

  it("writes a kubeconfig of its own and adds it, whose credential plugin then has to be approved", async () => {
    const request = { action: "use", platform: "eks", name: "kf-seoul", region } as const;
    const { lines } = await room.prepare(request);
    expect(lines).toEqual([
      expect.stringMatching(
        /^aws eks update-kubeconfig --region ap-northeast-2 --name kf-seoul --kubeconfig \S+eks-ap-northeast-2-kf-seoul\.yaml$/,
      ),
    ]);
    const job = await room.run(request);
    expect(job).toMatchObject({ state: "done", contextName: expect.stringContaining("cluster/kf-seoul") });
    const [file] = (await room.kubeconfigs.list()).contexts.flatMap((one) =>
      one.id === job.context ? [one.file] : [],
    );
    const text = await readFile(file ?? "", "utf8");
    expect(text).toContain("client.authentication.k8s.io");
    // What moto has for a certificate is none.
    const authority = (await readFile(new URL("wrong-ca.pem", import.meta.url))).toString("base64");
    await writeFile(
      file ?? "",
      text.replace(/certificate-authority-data: .*/, `certificate-authority-data: ${authority}`),
    );
    const added = (await room.kubeconfigs.list()).contexts.find(({ id }) => id === job.context);
    expect(added).toMatchObject({
      auth: "exec",
      execCommand: expect.arrayContaining(["eks", "get-token", "kf-seoul"]),
    });
    await expect(
      room.kubeconfigs.approvals.requireApproved(await room.kubeconfigs.resolve(contextId.parse(added?.id))),
    ).rejects.toMatchObject({ code: "exec-needs-approval" });
  });

  it("says that the cluster to add does not exist", async () => {
    const job = await room.run({ action: "use", platform: "eks", name: "nowhere", region });
    expect(job).toMatchObject({ state: "failed", problem: { code: "not-found" } });
    expect(job.problem?.detail).toContain("No cluster found for name: nowhere");
  });

  it("says how to sign in where nobody is", async () => {
    const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _key, ...signedOut } = env;
    const other = await platformsRoom(signedOut);
    const { cloud } = await other.look("eks");
    expect(cloud).toMatchObject({
      state: "failed",
      signIn: "aws configure",
      problem: { code: "credentials-rejected" },
    });
    expect(cloud?.problem?.advice?.map((one) => textOf(one, "en"))).toEqual([
      "Run `aws configure` in a terminal, then try again.",
    ]);
    const unknown = await other.look("eks", "no-such-profile");
    expect(unknown.cloud).toMatchObject({ state: "failed", signIn: "aws configure --profile no-such-profile" });
    await other.close();
  });
});
