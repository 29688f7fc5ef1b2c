import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type ComponentProgress,
  contextId,
  type InstallStatus,
  type LogEntry,
  type PodView,
} from "../../../../../common/contract/index.ts";
import { en } from "../../../../../common/words/en/index.ts";
import { message, textOf } from "../../../../../common/words/index.ts";
import { ko } from "../../../../../common/words/ko/index.ts";
import { atWork, axisEnd, barOf, ticks } from "../../../../../renderer/features/wizard/install/axis.ts";
import { filterLog } from "../../../../../renderer/features/wizard/install/log.ts";
import { milestone } from "../../../../../renderer/features/wizard/install/milestones.ts";
import { podsByNamespace, podsUp } from "../../../../../renderer/features/wizard/install/pods.ts";

const component = (change: Partial<ComponentProgress>): ComponentProgress => ({
  id: "istio",
  title: "Istio",
  state: "starting",
  objects: 10,
  applied: 10,
  workloads: 2,
  ready: 1,
  ...change,
});

describe("time axis", () => {
  it("knows the last component that is at work, and none when all wait or are done", () => {
    const states = (...list: ComponentProgress["state"][]) => list.map((state) => component({ state }));
    expect(atWork(states("ready", "starting", "applying", "waiting"))).toBe(2);
    expect(atWork(states("removing", "removed"))).toBe(0);
    expect(atWork(states("ready", "failed", "waiting"))).toBeUndefined();
  });

  it("draws a bar from its beginning to its end", () => {
    expect(barOf(component({ startedMs: 10_000, endedMs: 30_000 }), 40_000)).toEqual({ left: 25, width: 50 });
  });

  it("draws a bar that still grows up to now", () => {
    expect(barOf(component({ startedMs: 10_000 }), 40_000)).toEqual({ left: 25, width: 75 });
  });

  it("draws nothing before the beginning, and something right after it", () => {
    expect(barOf(component({}), 40_000)).toBeUndefined();
    const bar = barOf(component({ startedMs: 40_000 }), 40_000);
    expect(bar?.width).toBeGreaterThan(0);
    expect((bar?.left ?? 0) + (bar?.width ?? 0)).toBeLessThanOrEqual(100);
  });

  it("stays inside when a component began after the last status", () => {
    const bar = barOf(component({ startedMs: 50_000 }), 40_000);
    expect((bar?.left ?? 0) + (bar?.width ?? 0)).toBeLessThanOrEqual(100);
  });

  it("is never shorter than a second", () => {
    expect(axisEnd(0)).toBe(1000);
    expect(axisEnd(72_000)).toBe(72_000);
  });

  it("has a few round marks, none under the end's word", () => {
    expect(ticks(73_000).map((tick) => tick.ms)).toEqual([30_000, 60_000]);
    for (const end of [1000, 4000, 12_000, 59_000, 61_000, 240_000, 3_000_000, 90_000_000]) {
      const marks = ticks(end);
      expect(marks.length, String(end)).toBeLessThanOrEqual(12);
      for (const mark of marks) expect(mark.at).toBeLessThan(85);
    }
  });
});

describe("pods", () => {
  const pod = (namespace: string, name: string, state: PodView["state"]): PodView => ({ namespace, name, state });
  const pods = [pod("kubeflow", "b", "failing"), pod("kubeflow", "a", "running"), pod("auth", "dex", "completed")];

  it("are grouped by namespace, those that are up first", () => {
    expect(podsByNamespace(pods).map((group) => [group.namespace, group.pods.map((p) => p.name)])).toEqual([
      ["auth", ["dex"]],
      ["kubeflow", ["a", "b"]],
    ]);
    expect(podsByNamespace(pods)[1]?.counts).toMatchObject({ running: 1, failing: 1, starting: 0 });
  });

  it("count as up when they run or have completed", () => {
    expect(podsUp(pods)).toBe(2);
  });
});

describe("log filter", () => {
  const entry = (seq: number, change: Partial<LogEntry>): LogEntry => ({
    seq,
    time: "2026-01-01T00:00:00Z",
    level: "info",
    event: "applied",
    message: "Deployment kubeflow/mysql",
    ...change,
  });
  const log = [entry(1, {}), entry(2, { level: "error", component: "kserve" }), entry(3, { event: "gate" })];

  it("finds every word anywhere in an entry", () => {
    expect(filterLog(log, "kserve ERROR", "en").map((e) => e.seq)).toEqual([2]);
    expect(filterLog(log, "mysql gate", "en").map((e) => e.seq)).toEqual([3]);
    expect(filterLog(log, "  ", "en")).toBe(log);
    expect(filterLog(log, "nothing", "en")).toEqual([]);
  });

  it("finds what the page shows, in its language; an entry of an earlier version is there in English alone", () => {
    const said = message("installLog.answers");
    const shown = [...log, entry(4, { message: textOf(said, "en"), said })];
    expect(filterLog(shown, "시작 페이지", "ko").map((e) => e.seq)).toEqual([4]);
    expect(filterLog(shown, "start page", "ko")).toEqual([]);
    expect(filterLog(shown, "mysql", "ko").map((e) => e.seq)).toEqual([1, 2, 3]);
  });
});

describe("events of the log", () => {
  const root = join(import.meta.dirname, "../../../../..");
  const sources = readdirSync(join(root, "electron/install"), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
  const written = sources.flatMap((text) => [...text.matchAll(/event: "(\w+)"/g)].map(([, event]) => event ?? ""));
  // what a step and an end are called
  const events = new Set([...written, "sources", "build", "plan", "ready", "gate", "installed", "removed", "failed"]);

  it("have a name in both languages", () => {
    expect(events.size).toBeGreaterThan(20);
    for (const event of [...events, "cancelled"]) {
      expect(en.install.log.event, event).toHaveProperty(event);
      expect(ko.install.log.event, event).toHaveProperty(event);
    }
  });
});

describe("what is said aloud", () => {
  const status = (change: Partial<InstallStatus>): InstallStatus => ({
    kfDir: "/kf",
    state: "running",
    activity: "install",
    release: "26.03",
    title: "Kubeflow 26.03",
    context: contextId.parse("practice"),
    fraction: 0,
    elapsedMs: 0,
    objects: { total: 675, done: 0 },
    podsTotal: 51,
    components: [component({ state: "ready" }), component({ id: "dex" })],
    pods: [],
    waiting: [],
    problems: [],
    ...change,
  });

  it("begins, quarters and ends", () => {
    expect(milestone(undefined, status({}))).toEqual({ kind: "started" });
    expect(milestone(status({ fraction: 0.24 }), status({ fraction: 0.26 }))).toEqual({
      kind: "percent",
      percent: 25,
      ready: 1,
      total: 2,
    });
    expect(milestone(status({ fraction: 0.26 }), status({ fraction: 0.3 }))).toBeUndefined();
    expect(milestone(status({ fraction: 0.99 }), status({ fraction: 1, state: "installed" }))).toEqual({
      kind: "installed",
    });
  });

  it("says each problem once", () => {
    const problems: InstallStatus["problems"] = [{ code: "workload-failed", message: "kserve can't start." }];
    expect(milestone(status({}), status({ problems }))).toEqual({ kind: "problem", problem: problems[0] });
    expect(milestone(status({ problems }), status({ problems }))).toBeUndefined();
  });
});
