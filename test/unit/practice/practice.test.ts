import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Latest } from "../../../common/async/index.ts";
import { FlowdeckError, practiceStatus } from "../../../common/contract/index.ts";
import { verbatim } from "../../../common/words/index.ts";
import type { SupervisorStatus } from "../../../electron/practice/control.ts";
import { findSupervisor } from "../../../electron/practice/control.ts";
import { ClusterFolder } from "../../../electron/practice/folder.ts";
import { PracticeCluster } from "../../../electron/practice/index.ts";
import { fromSupervisor } from "../../../electron/practice/status.ts";

let dir = "";
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "flowdeck-unit-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const status: SupervisorStatus = {
  state: "starting",
  step: "api-server",
  fraction: 0.5,
  nodes: 3,
  podReadyMs: { min: 1, max: 2 },
  faults: [],
  kubeconfig: "/k",
  server: "",
  version: "v1",
  startedAt: "2026-01-01T00:00:00Z",
  owner: "app",
};

describe("fromSupervisor", () => {
  it("keeps to the contract in every state", () => {
    for (const state of ["starting", "running", "stopping", "failed"] as const) {
      expect(practiceStatus.safeParse(fromSupervisor({ ...status, state }, 0)).success, state).toBe(true);
    }
  });

  it("goes on where a build of the toolbox ended", () => {
    expect(fromSupervisor(status, 0).fraction).toBe(0.5);
    expect(fromSupervisor(status, 0.9).fraction).toBeCloseTo(0.95);
    expect(fromSupervisor({ ...status, state: "running" }, 0.9).fraction).toBe(1);
  });

  it("names a kubeconfig only once it is there", () => {
    expect(fromSupervisor(status, 0)).not.toHaveProperty("kubeconfig");
    const running = fromSupervisor({ ...status, state: "running", server: "https://127.0.0.1:1" }, 0);
    expect(running).toMatchObject({ kubeconfig: "/k" });
  });

  it("tells a failure with the code of practice clusters", () => {
    const failed = fromSupervisor({ ...status, state: "failed", error: { code: "x", message: "etcd died" } }, 0);
    expect(failed.error).toMatchObject({ code: "practice-failed", message: "etcd died" });
  });
});

describe("ClusterFolder.clear", () => {
  it("deletes the cluster, and not what somebody else put there", async () => {
    const folder = new ClusterFolder(join(dir, "practice"));
    await folder.ensure();
    await mkdir(folder.file("etcd/member"), { recursive: true });
    await writeFile(folder.file("kubeconfig"), "");
    await writeFile(folder.file("mine.txt"), "");
    await folder.clear();
    expect(await readdir(folder.path)).toEqual(["mine.txt"]);
    await rm(folder.file("mine.txt"));
    await folder.clear();
    expect(await readdir(dir)).toEqual([]);
  });

  it("follows no link out of the data folder", async () => {
    const outside = join(dir, "outside");
    await mkdir(join(outside, "etcd"), { recursive: true });
    await symlink(outside, join(dir, "practice"));
    await expect(new ClusterFolder(join(dir, "practice")).clear()).rejects.toBeInstanceOf(FlowdeckError);
    expect(await readdir(outside)).toEqual(["etcd"]);
  });
});

describe("findSupervisor", () => {
  it.each(["", "{", '{"pid":1}', '{"pid":1,"port":1,"token":"t","version":"1"}'])(
    "finds none behind %j",
    async (text) => {
      const file = join(dir, "control.json");
      await writeFile(file, text);
      expect(await findSupervisor(file)).toBeUndefined();
    },
  );
});

describe("Latest", () => {
  it("gives the value now and after changes, not again when it is the same", async () => {
    const latest = new Latest({ n: 1 });
    const stop = new AbortController();
    const seen: number[] = [];
    for await (const { n } of latest.watch(stop.signal)) {
      seen.push(n);
      if (n === 1) {
        latest.set({ n: 1 });
        latest.set({ n: 2 });
      } else stop.abort();
    }
    expect(seen).toEqual([1, 2]);
  });
});

describe("PracticeCluster", () => {
  const missing = new FlowdeckError("go-missing", verbatim("No Go."));
  const cluster = () =>
    new PracticeCluster({
      dataDir: dir,
      tools: {
        toolboxState: () => Promise.resolve("missing"),
        toolbox: () => Promise.reject(missing),
        environment: () => ({}),
      },
    });

  it("is absent before the first start, stopped when data is there", async () => {
    expect((await cluster().status()).state).toBe("absent");
    await mkdir(join(dir, "practice", "etcd"), { recursive: true });
    await writeFile(join(dir, "practice", "settings.json"), '{"nodes":7,"podReadyMs":{"min":1,"max":2}}');
    expect(await cluster().status()).toMatchObject({ state: "stopped", nodes: 7, podReadyMs: { min: 1, max: 2 } });
  });

  it("fails with the reason when there is no toolbox, and remembers it", async () => {
    const own = cluster();
    await expect(own.start()).rejects.toBe(missing);
    expect(await own.status()).toMatchObject({ state: "failed", error: { code: "go-missing" } });
  });

  it("refuses faults when it does not run", async () => {
    await expect(cluster().setFaults([])).rejects.toMatchObject({ code: "practice-failed" });
  });

  it("says what takes its place when its folder cannot be made", async () => {
    await writeFile(join(dir, "practice"), "");
    await expect(cluster().start()).rejects.toMatchObject({ code: "folder-unusable" });
  });
});
