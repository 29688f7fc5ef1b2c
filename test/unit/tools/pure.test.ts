import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { message, textOf } from "../../../common/words/index.ts";
import { BuildProgress } from "../../../electron/tools/build-progress.ts";
import { cleanEnvironment } from "../../../electron/tools/environment.ts";
import { majorVersion } from "../../../electron/tools/locate.ts";
import { acquireLock } from "../../../electron/tools/lock.ts";
import { moduleHash } from "../../../electron/tools/module-hash.ts";
import { SharedJob } from "../../../electron/tools/shared-job.ts";
import type { ToolProgress } from "../../../electron/tools/types.ts";

let dir = "";
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "flowdeck-unit-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe("cleanEnvironment", () => {
  it("drops what alters how programs load, and keeps the rest", () => {
    const env = cleanEnvironment({
      PATH: "/bin",
      LD_PRELOAD: "x",
      NODE_OPTIONS: "x",
      DYLD_INSERT_LIBRARIES: "x",
      ELECTRON_RUN_AS_NODE: "1",
      HTTPS_PROXY: "http://proxy",
    });
    expect(Object.keys(env).sort()).toEqual(["HTTPS_PROXY", "NO_PROXY", "PATH", "no_proxy"]);
  });

  it("keeps loopback out of proxies, beside what is out already", () => {
    expect(cleanEnvironment({ no_proxy: "corp.example,localhost" }).NO_PROXY).toBe(
      "corp.example,localhost,127.0.0.1,::1",
    );
    expect(cleanEnvironment({ A: "1" }, { A: "2" }).A).toBe("2");
  });
});

describe("BuildProgress", () => {
  it("goes from downloads over packages to the link, never back", () => {
    const progress = new BuildProgress(2);
    const seen = [
      progress.line("go: downloading k8s.io/api v0.36.3"),
      progress.line("go: downloading k8s.io/utils v0.0.0"),
      progress.plan(["a", "b"]),
      progress.line("a"),
      progress.line("b"),
    ].filter((each) => each !== undefined);
    expect(seen.map((each) => textOf(each.said, "en"))).toEqual([
      "Downloading Go modules: 1 (k8s.io/api)",
      "Downloading Go modules: 2 (k8s.io/utils)",
      "Compiling the toolbox: 2 packages",
      "Compiling the toolbox: 1 of 2 packages",
      "Linking the toolbox",
    ]);
    const fractions = seen.map((each) => each.fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBeLessThan(1);
  });

  it("takes no other line for progress", () => {
    const progress = new BuildProgress(1);
    progress.plan(["a"]);
    expect(progress.line("a: warning")).toBeUndefined();
    expect(progress.line("b")).toBeUndefined();
  });
});

describe("majorVersion", () => {
  it.each([
    ["v5.8.1", 5],
    ["{Version:kustomize/v4.5.7 GitCommit:x}", 4],
    ["(devel)", undefined],
  ])("%s", (text, wanted) => expect(majorVersion(text)).toBe(wanted));
});

describe("moduleHash", () => {
  it("follows what is built, and nothing else", async () => {
    await mkdir(join(dir, "internal"));
    await writeFile(join(dir, "internal", "a.go"), "package a");
    const first = await moduleHash(dir, "t");
    await writeFile(join(dir, "internal", "a_test.go"), "package a");
    await writeFile(join(dir, "README.md"), "words");
    expect(await moduleHash(dir, "t")).toBe(first);
    expect(await moduleHash(dir, "other")).not.toBe(first);
    await writeFile(join(dir, "internal", "stages.yaml"), "a: 1");
    expect(await moduleHash(dir, "t")).not.toBe(first);
  });
});

describe("acquireLock", () => {
  const never = new AbortController().signal;

  it("is held by one at a time", async () => {
    const file = join(dir, "lock");
    const release = await acquireLock(file, never);
    const waiting = Promise.withResolvers<void>();
    const second = acquireLock(file, never, waiting.resolve);
    await waiting.promise;
    await release();
    await (await second)();
  });

  it("is taken from a process that has ended", async () => {
    const file = join(dir, "lock");
    await writeFile(file, "2147483646"); // beyond any system's highest process number
    await (await acquireLock(file, never))();
  });

  it("stops waiting when told to", async () => {
    const file = join(dir, "lock");
    const release = await acquireLock(file, never);
    const cancel = new AbortController();
    const second = acquireLock(file, cancel.signal, () => cancel.abort());
    await expect(second).rejects.toMatchObject({ name: "AbortError" });
    await release();
  });
});

describe("SharedJob", () => {
  it("runs once for concurrent callers, and tells all of them", async () => {
    let runs = 0;
    const job = new SharedJob(async (_signal, onProgress) => {
      runs += 1;
      onProgress({ said: message("toolbox.linking"), fraction: 0.5 });
      return "done";
    });
    const heard: ToolProgress[] = [];
    const onProgress = (progress: ToolProgress) => heard.push(progress);
    expect(await Promise.all([job.join({ onProgress }), job.join({ onProgress })])).toEqual(["done", "done"]);
    expect([runs, heard.length]).toEqual([1, 2]);
    await job.join({});
    expect(runs).toBe(2);
  });

  it("is aborted only when its last caller has given up", async () => {
    let aborted = false;
    const end = Promise.withResolvers<string>();
    const job = new SharedJob((signal) => {
      signal.addEventListener("abort", () => {
        aborted = true;
        end.reject(signal.reason);
      });
      return end.promise;
    });
    const [first, second] = [new AbortController(), new AbortController()];
    const one = job.join({ signal: first.signal });
    const two = job.join({ signal: second.signal });
    first.abort();
    await expect(one).rejects.toMatchObject({ name: "AbortError" });
    expect(aborted).toBe(false);
    second.abort();
    await expect(two).rejects.toMatchObject({ name: "AbortError" });
    expect(aborted).toBe(true);
  });
});
