import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contextId } from "../../common/contract/index.ts";
import { platformsRoom } from "../unit/platforms/room.ts";

const execute = promisify(execFile);
const starts = (program: string) =>
  execute(program, ["--version"]).then(
    () => true,
    () => false,
  );
// No registry has gcloud: Google's own packages bring it, and the machines of GitHub have it.
const missing = (await starts("gcloud"))
  ? (await starts("gke-gcloud-auth-plugin"))
    ? undefined
    : "gke-gcloud-auth-plugin is not on PATH"
  : "gcloud is not on PATH";
const reason = missing === undefined ? "" : ` (${missing})`;

const cluster = {
  name: "kf",
  location: "asia-northeast3",
  zone: "asia-northeast3",
  status: "RUNNING",
  currentMasterVersion: "1.34.1-gke.1829001",
  currentNodeVersion: "1.34.1-gke.1829001",
  endpoint: "203.0.113.7",
  masterAuth: { clusterCaCertificate: (await readFile(new URL("wrong-ca.pem", import.meta.url))).toString("base64") },
  nodePools: [
    {
      name: "default-pool",
      initialNodeCount: 1,
      locations: ["asia-northeast3-a", "asia-northeast3-b", "asia-northeast3-c"],
      config: { machineType: "e2-standard-8", diskSizeGb: 100 },
      autoscaling: { enabled: true, minNodeCount: 1, maxNodeCount: 2 },
      maxPodsConstraint: { maxPodsPerNode: "110" },
    },
  ],
};

const operation = {
  ...{ name: "operation-1", operationType: "CREATE_CLUSTER", status: "DONE", zone: "asia-northeast3" },
  targetLink: "https://container.googleapis.com/v1/projects/1/locations/asia-northeast3/clusters/new",
};

/** The gcloud CLI itself, whose addresses lead to a small server that answers as the two APIs are documented. */
describe.skipIf(missing !== undefined)(`GKE through gcloud${reason}`, () => {
  let server: Server;
  let room: Awaited<ReturnType<typeof platformsRoom>>;
  let env: Record<string, string>;
  let settings: string | undefined;
  let disabled = false;
  /** What refuses to be created. */
  let quota: string | undefined;
  const asked: { call: string; body: string }[] = [];

  beforeAll(async () => {
    const made = new Set(["kf"]);
    server = createServer(async (request, response) => {
      const { method = "", url = "" } = request;
      const body = await text(request);
      const call = `${method} ${url}`;
      asked.push({ call, body });
      response.setHeader("content-type", "application/json");
      const put = (status: number, answer: unknown) => response.writeHead(status).end(JSON.stringify(answer));
      const off = "Kubernetes Engine API has not been used in project course before or it is disabled.";
      if (disabled) return put(403, { error: { code: 403, message: off, status: "PERMISSION_DENIED" } });
      if (/\/services\/container\.googleapis\.com/.test(url)) return put(200, { state: "ENABLED" });
      if (/\/operations\/operation-1/.test(url)) return put(200, operation);
      if (/^POST .*\/clusters\?/.test(call)) {
        if (quota !== undefined) return put(403, { error: { code: 403, message: quota, status: "PERMISSION_DENIED" } });
        made.add(JSON.parse(body).cluster.name);
        return put(200, operation);
      }
      if (/\/locations\/-\/clusters/.test(url)) return put(200, { clusters: made.has("new") ? [] : [cluster] });
      const [, name = ""] = /\/clusters\/([\w-]+)/.exec(url) ?? [];
      if (method === "DELETE" && made.delete(name)) return put(200, operation);
      if (made.has(name)) return put(200, { ...cluster, name });
      if (/machineTypes/.test(url))
        return put(200, { name: "e2-standard-8", guestCpus: 8, memoryMb: 32_768, architecture: "X86_64" });
      return put(404, { error: { code: 404, message: `Not found: ${url}`, status: "NOT_FOUND" } });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const base = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    settings = await mkdtemp(join(tmpdir(), "flowdeck-gcloud-"));
    env = {
      PATH: process.env.PATH ?? "",
      HOME: homedir(),
      CLOUDSDK_CONFIG: settings,
      CLOUDSDK_CORE_ACCOUNT: "student@example.com",
      CLOUDSDK_CORE_PROJECT: "course",
      CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER: `${base}/`,
      CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE: `${base}/compute/v1/`,
      CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER: `${base}/`,
      CLOUDSDK_API_ENDPOINT_OVERRIDES_SERVICEUSAGE: `${base}/`,
      CLOUDSDK_AUTH_DISABLE_CREDENTIALS: "true",
    };
    room = await platformsRoom(env);
  });

  afterAll(async () => {
    await room?.close();
    server?.close();
    if (settings !== undefined) await rm(settings, { recursive: true, force: true });
  });
  it("finds the clusters of a project and their node pools, all zones together", async () => {
    const { cloud } = await room.look("gke");
    expect(cloud?.problem).toBeUndefined();
    expect(cloud).toMatchObject({ state: "ready", identity: { who: "student@example.com", account: "course" } });
    expect(cloud?.clusters).toEqual([
      {
        platform: "gke",
        name: "kf",
        region: "asia-northeast3",
        version: "1.34.1",
        status: "RUNNING",
        made: false,
        pools: [
          {
            ...{ name: "default-pool", count: 3, min: 3, max: 6, instanceType: "e2-standard-8", pods: 110, gpus: 0 },
            ...{ architecture: "amd64", cpu: 8, memoryBytes: 32 * 1024 ** 3 },
          },
        ],
      },
    ]);
  });

  it("writes a kubeconfig of its own and adds it, whose credential plugin then has to be approved", async () => {
    const at = { action: "use", platform: "gke", region: "asia-northeast3", account: "course" } as const;
    const job = await room.run({ ...at, name: "kf" });
    expect(job).toMatchObject({ state: "done", contextName: "gke_course_asia-northeast3_kf" });
    const added = (await room.kubeconfigs.list()).contexts.find(({ id }) => id === job.context);
    expect(added).toMatchObject({
      auth: "exec",
      execCommand: [expect.stringMatching(/gke-gcloud-auth-plugin$/)],
      server: "https://203.0.113.7",
    });
    await expect(
      room.kubeconfigs.approvals.requireApproved(await room.kubeconfigs.resolve(contextId.parse(added?.id))),
    ).rejects.toMatchObject({ code: "exec-needs-approval" });
    const other = await room.run({ ...at, name: "other" });
    expect(other).toMatchObject({ state: "failed", problem: { code: "not-found" } });
  });

  it("creates a cluster with what was chosen, and deletes it", async () => {
    const at = { platform: "gke", name: "new", region: "asia-northeast3", account: "course" } as const;
    const sizes = { nodes: 3, cpu: 8, memoryGiB: 16, diskGiB: 60, kubernetes: "1.34" };
    const created = await room.run({ action: "create", ...at, ...sizes });
    expect(created).toMatchObject({ state: "done", contextName: "gke_course_asia-northeast3_new" });
    const post = asked.find(({ call }) => call.startsWith("POST "));
    expect(JSON.parse(post?.body ?? "{}").cluster).toMatchObject({
      name: "new",
      initialClusterVersion: "1.34",
      resourceLabels: { "created-by": "flowdeck" },
      nodePools: [{ initialNodeCount: 1, config: { machineType: "e2-standard-4", diskSizeGb: 60 } }],
    });
    expect((await room.run({ action: "delete", ...at }, "new")).state).toBe("done");
    expect(asked.at(-2)?.call).toMatch(/^DELETE .*\/locations\/asia-northeast3\/clusters\/new\?/);
  });

  it("explains a quota, and leaves nothing on record of a cluster that was never there", async () => {
    quota =
      "Insufficient regional quota to satisfy request: resource \"CPUS\": request requires '12.0' and is short '4.0'.";
    const at = { platform: "gke", name: "big", region: "asia-northeast3", account: "course" } as const;
    const job = await room.run({ action: "create", ...at, nodes: 3, cpu: 8, memoryGiB: 16, diskGiB: 60 });
    expect(job).toMatchObject({ state: "failed", problem: { said: { id: "platform.quota" } } });
    await expect(room.run({ action: "delete", ...at }, "big")).rejects.toMatchObject({ code: "not-allowed" });
  });

  it("says that the API is not enabled, and what enables it", async () => {
    disabled = true;
    const { cloud } = await room.look("gke");
    expect(cloud).toMatchObject({ state: "failed", problem: { said: { id: "platform.apiDisabled" } } });
    disabled = false;
  });
});
