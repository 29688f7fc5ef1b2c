import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { platformsRoom } from "../unit/platforms/room.ts";

const execute = promisify(execFile);
const isThere = await execute("gcloud", ["--version"]).then(
  () => true,
  () => false,
);

const cluster = {
  name: "kf",
  location: "asia-northeast3",
  zone: "asia-northeast3",
  status: "RUNNING",
  currentMasterVersion: "1.34.1-gke.1829001",
  currentNodeVersion: "1.34.1-gke.1829001",
  endpoint: "203.0.113.7",
  masterAuth: { clusterCaCertificate: "LS0t" },
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

/** The gcloud CLI itself, whose addresses lead to a small server that answers as the two APIs are documented. */
describe.skipIf(!isThere)(`GKE through gcloud${isThere ? "" : " (gcloud is not on PATH)"}`, () => {
  let server: Server;
  let room: Awaited<ReturnType<typeof platformsRoom>>;
  let env: Record<string, string>;
  let disabled = false;
  let settings: string | undefined;

  beforeAll(async () => {
    server = createServer(({ url = "" }, response) => {
      response.setHeader("content-type", "application/json");
      const put = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body));
      const off = "Kubernetes Engine API has not been used in project course before or it is disabled.";
      if (disabled) return put(403, { error: { code: 403, message: off, status: "PERMISSION_DENIED" } });
      if (/\/locations\/-\/clusters/.test(url)) return put(200, { clusters: [cluster] });
      if (/\/clusters\/kf/.test(url)) return put(200, cluster);
      if (/machineTypes/.test(url))
        return put(200, { name: "e2-standard-8", guestCpus: 8, memoryMb: 32_768, architecture: "X86_64" });
      return put(404, { error: { code: 404, message: `not found: ${url}`, status: "NOT_FOUND" } });
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

  it("says that the API is not enabled, and what enables it", async () => {
    disabled = true;
    const { cloud } = await room.look("gke");
    expect(cloud).toMatchObject({ state: "failed", problem: { said: { id: "platform.apiDisabled" } } });
    disabled = false;
  });
});
