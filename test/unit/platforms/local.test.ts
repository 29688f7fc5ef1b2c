import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PlatformAction } from "../../../common/contract/index.ts";
import { platformsRoom } from "./room.ts";
import { callsOf, kubeconfigText, standIn } from "./stand-in.ts";

/** As `docker info` and `docker ps` write them. */
const info = JSON.stringify({ ServerVersion: "28.5.1", NCPU: 8, MemTotal: 16 * 1024 ** 3 });
const container = (name: string, state: string) =>
  JSON.stringify({
    Names: name,
    Image: "kindest/node:v1.34.0",
    State: state,
    Labels: "io.x-k8s.kind.cluster=kf,io.x-k8s.kind.role=worker",
  });
const docker = [
  { when: "--version", out: "Docker version 28.5.1, build e180ab8\n" },
  { when: "info", out: `${info}\n` },
  { when: "ps", out: `${container("kf-control-plane", "running")}\n${container("kf-worker", "running")}\n` },
  { when: "stop" },
];
const kind = [
  { when: "version", out: "0.30.0\n" },
  { when: "get clusters", out: "kf\n" },
  { when: "create cluster --name slow", waitMs: 60_000 },
  {
    when: "create cluster --name broken",
    err: "ERROR: failed to create cluster: could not find a log line\n",
    code: 1,
  },
  {
    when: "create cluster",
    err: 'Creating cluster "new" ...\n',
    writes: { option: "--kubeconfig", text: kubeconfigText("kind-new") },
  },
  { when: "export kubeconfig", writes: { option: "--kubeconfig", text: kubeconfigText("kind-kf") } },
  { when: "delete cluster", err: 'Deleting cluster "new" ...\n' },
];
const sizes = { nodes: 2, cpu: 8, memoryGiB: 16, diskGiB: 60, kubernetes: "1.34" };
const create = (name: string): PlatformAction => ({ action: "create", platform: "kind", name, ...sizes });

let room: Awaited<ReturnType<typeof platformsRoom>>;
beforeEach(async () => {
  room = await platformsRoom();
});
afterEach(() => room.close());

describe("clusters on this computer, through stand-ins", () => {
  it("finds the runtime, its memory, and the clusters of kind, k3d and minikube", async () => {
    await standIn(room.bin, "docker", docker);
    await standIn(room.bin, "kind", kind);
    const list = [
      {
        name: "lab",
        nodes: [{ role: "server", image: "docker.io/rancher/k3s:v1.33.4-k3s1" }],
        serversCount: 1,
        serversRunning: 0,
        agentsCount: 2,
        agentsRunning: 0,
      },
    ];
    await standIn(room.bin, "k3d", [
      { when: "version", out: "k3d version v5.8.3\nk3s version v1.31.5-k3s1 (default)\n" },
      { when: "cluster list", out: JSON.stringify(list) },
    ]);
    const valid = [
      { Name: "minikube", Status: "OK", Config: { KubernetesConfig: { KubernetesVersion: "v1.34.0" }, Nodes: [{}] } },
    ];
    await standIn(room.bin, "minikube", [
      { when: "version", out: "v1.37.0\n" },
      { when: "profile list", out: JSON.stringify({ invalid: [], valid }) },
    ]);
    const { computer, tools } = await room.look("computer");
    expect(tools?.filter(({ file }) => file !== undefined).map(({ name, version }) => [name, version])).toEqual([
      ["docker", "28.5.1"],
      ["kind", "0.30.0"],
      ["k3d", "5.8.3"],
      ["minikube", "1.37.0"],
    ]);
    expect(computer).toMatchObject({
      state: "ready",
      runtime: { name: "docker", version: "28.5.1", cpu: 8 },
      problems: [],
    });
    expect(computer?.clusters).toEqual([
      { platform: "kind", name: "kf", state: "running", nodes: 2, version: "1.34.0", made: false },
      { platform: "k3d", name: "lab", state: "stopped", nodes: 3, version: "1.33.4", made: false },
      { platform: "minikube", name: "minikube", state: "running", nodes: 1, version: "1.34.0", made: false },
    ]);
  });

  it("says why no runtime answers, and finds Podman where Docker does not", async () => {
    const down = "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n";
    await standIn(room.bin, "docker", [
      { when: "--version", out: "Docker version 28.5.1" },
      { when: "info", err: down, code: 1 },
    ]);
    const first = await room.look("computer");
    expect(first.computer?.runtimeProblem).toMatchObject({ code: "tool-failed", said: { id: "platform.runtimeDown" } });
    const podman = { host: { cpus: 4, memTotal: 8 * 1024 ** 3 }, version: { Version: "5.4.0" } };
    await standIn(room.bin, "podman", [
      { when: "--version", out: "podman version 5.4.0\n" },
      { when: "info", out: JSON.stringify(podman) },
    ]);
    await standIn(room.bin, "kind", kind);
    const { computer } = await room.look("computer");
    expect(computer?.runtime).toEqual({ name: "podman", version: "5.4.0", cpu: 4, memoryBytes: 8 * 1024 ** 3 });
    const prepared = await room.prepare(create("new"));
    expect(prepared.lines[0]).toMatch(/^KIND_EXPERIMENTAL_PROVIDER=podman kind create/);
    expect(prepared.warnings.map(({ id }) => id)).toEqual(["platform.littleMemory", "platform.fewCpus"]);
  });

  it("creates a cluster of kind exactly as it was shown, adds it, and deletes it by its name", async () => {
    await standIn(room.bin, "docker", docker);
    await standIn(room.bin, "kind", kind);
    const prepared = await room.prepare(create("new"));
    const config = join(room.dataDir, "clusters", "kind-new.config.yaml");
    const kubeconfig = join(room.dataDir, "clusters", "kind-new.yaml");
    const line = `kind create cluster --name new --config ${config} --kubeconfig ${kubeconfig} --wait 5m --image kindest/node:v1.34.0`;
    expect(prepared.lines).toEqual([line]);
    const job = await room.run(create("new"));
    expect(job).toMatchObject({ state: "done", contextName: "kind-new" });
    expect(job.output).toEqual([`$ ${line}`, 'Creating cluster "new" ...']);
    expect(await readFile(config, "utf8")).toBe(prepared.files[0]?.text);
    expect((await callsOf(room.bin, "kind")).some(({ args }) => `kind ${args.join(" ")}` === line)).toBe(true);

    const remove: PlatformAction = { action: "delete", platform: "kind", name: "new" };
    await expect(room.run(remove, "ne")).rejects.toMatchObject({ code: "not-allowed" });
    expect((await room.run(remove, "new")).state).toBe("done");
    expect((await room.kubeconfigs.list()).contexts).toEqual([]);
    await expect(readFile(kubeconfig)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("deletes no cluster that it did not create, and stops the containers of one", async () => {
    await standIn(room.bin, "docker", docker);
    await standIn(room.bin, "kind", kind);
    await expect(room.prepare({ action: "delete", platform: "kind", name: "kf" })).rejects.toMatchObject({
      code: "not-allowed",
      said: { id: "platform.notOurs" },
    });
    const { lines } = await room.prepare({ action: "stop", platform: "kind", name: "kf" });
    expect(lines).toEqual(["docker stop kf-control-plane kf-worker"]);
    expect((await room.run({ action: "stop", platform: "kind", name: "kf" })).state).toBe("done");
  });

  it("deletes what is half made when it is stopped, and when it fails", async () => {
    await standIn(room.bin, "docker", docker);
    await standIn(room.bin, "kind", kind);
    const id = await room.start(create("slow"));
    await expect(room.start(create("slow"))).rejects.toMatchObject({ code: "busy" });
    await expect.poll(async () => (await callsOf(room.bin, "kind")).length).toBe(1);
    room.platforms.jobs.cancel(id);
    const job = await room.ended(id);
    expect(job.state).toBe("cancelled");
    expect(job.problem).toBeUndefined();

    const broken = await room.run(create("broken"));
    expect(broken).toMatchObject({
      state: "failed",
      problem: { code: "tool-failed", detail: expect.stringContaining("could not find a log line") },
    });
    const deleted = (await callsOf(room.bin, "kind"))
      .filter(({ args }) => args[0] === "delete")
      .map(({ args }) => args[3]);
    expect(deleted).toEqual(["slow", "broken"]);
    await expect(room.prepare({ action: "delete", platform: "kind", name: "slow" })).rejects.toMatchObject({
      code: "not-allowed",
    });
  });

  it("refuses to run what is not what was shown, and names that are options", async () => {
    await standIn(room.bin, "docker", docker);
    await standIn(room.bin, "kind", kind);
    const { digest } = await room.prepare(create("one"));
    const signal = new AbortController().signal;
    await expect(room.platforms.run({ request: create("two"), digest }, signal)).rejects.toMatchObject({
      code: "plan-stale",
    });
  });

  it("creates with k3d and minikube into kubeconfigs of their own", async () => {
    await standIn(room.bin, "docker", docker);
    await standIn(room.bin, "k3d", [
      { when: "cluster create" },
      { when: "kubeconfig write", writes: { option: "--output", text: kubeconfigText("k3d-new") } },
    ]);
    await standIn(room.bin, "minikube", [
      { when: "start", writes: { option: "$KUBECONFIG", text: kubeconfigText("new") } },
    ]);
    const k3d = await room.run({ ...create("new"), platform: "k3d" });
    expect(k3d).toMatchObject({ state: "done", contextName: "k3d-new" });
    expect((await callsOf(room.bin, "k3d"))[0]?.args.join(" ")).toBe(
      "cluster create new --servers 1 --agents 1 --servers-memory 8g --agents-memory 8g --k3s-arg --disable=traefik@server:0 --image +v1.34 --kubeconfig-update-default=false --kubeconfig-switch-context=false --wait --timeout 10m",
    );
    const minikube = await room.run({ ...create("new"), platform: "minikube" });
    expect(minikube).toMatchObject({ state: "done", contextName: "new" });
    const [call] = await callsOf(room.bin, "minikube");
    expect(call?.args.join(" ")).toBe(
      "start --profile new --driver docker --nodes 2 --cpus 4 --memory 8g --disk-size 60g --kubernetes-version v1.34.0",
    );
    expect(call?.env.KUBECONFIG).toBe(join(room.dataDir, "clusters", "minikube-new.yaml"));
  });
});
