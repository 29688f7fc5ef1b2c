import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Catalogue } from "../../../../electron/install/index.ts";
import { formatFlowdeckFile } from "../../../../electron/install/installation-dir/flowdeck-file.ts";
import { KeptStates } from "../../../../electron/install/upgrade/kept-state.ts";
import { refuseUpgrade, targetsOf } from "../../../../electron/install/upgrade/targets.ts";
import { assetsDir, settings } from "../support.ts";

const catalogue = new Catalogue(assetsDir);

describe("what an installation can be changed to", () => {
  const installed = settings({ release: "26.03", name: "kf" });

  test("all components become all of the other release, fewer stay those", async () => {
    const releases = await catalogue.all();
    const from = await catalogue.get("26.03");
    const all = from.components.map(({ id }) => id);
    const [own, next] = targetsOf(releases, { ...installed, components: all }, from, []);
    expect(own?.settings.release).toBe("26.03");
    expect(next?.settings.release).toBe("26.03.1");
    expect(next?.settings.components).toContain("model-registry");
    const few = targetsOf(releases, { ...installed, components: ["katib"] }, from, [])[1];
    expect(few?.settings.components).toEqual(["katib"]);
  });

  test("a release that was installed before comes with its components of then", async () => {
    const from = await catalogue.get("26.03.1");
    const former = [{ saved: "2026-01-02T03:04:05Z", settings: { ...installed, components: ["katib"] } }];
    const targets = targetsOf(await catalogue.all(), { ...installed, components: [] }, from, former);
    expect(targets.find(({ settings }) => settings.release === "26.03")).toMatchObject({
      saved: "2026-01-02T03:04:05Z",
      settings: { components: ["katib"] },
    });
    expect(targets.map(({ settings }) => settings.release)).not.toContain("starter");
  });

  test("not where nothing is installed, and not to another kind of release", async () => {
    const [kubeflow, starter] = await Promise.all([catalogue.get("26.03"), catalogue.get("starter")]);
    const known = { id: "abcdefgh12", settings: installed };
    expect(() => refuseUpgrade("/kf", undefined, undefined, kubeflow)).toThrow("Nothing is installed from /kf");
    expect(() => refuseUpgrade("/kf", known, kubeflow, starter)).toThrow("can't be changed to");
    expect(() => refuseUpgrade("/kf", known, kubeflow, kubeflow)).not.toThrow();
  });
});

describe("what was there before", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "flowdeck-kept-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test("settings and rendered objects are saved once, and found again", async () => {
    const kfDir = join(folder, "kf");
    await mkdir(kfDir);
    const stored = settings({ release: "26.03", name: "kf", baseDir: folder });
    await writeFile(join(kfDir, "flowdeck.yaml"), formatFlowdeckFile({ id: "abcdefgh12", settings: stored }));
    const kept = new KeptStates(kfDir);
    await kept.save("2026-01-02T03-04-05Z");
    const later = formatFlowdeckFile({ id: "abcdefgh12", settings: { ...stored, release: "26.03.1" } });
    await writeFile(join(kfDir, "flowdeck.yaml"), later);
    await kept.save("2026-01-02T03-04-05Z");
    expect(await kept.all()).toMatchObject([{ saved: "2026-01-02T03:04:05Z", settings: { release: "26.03" } }]);
  });

  test("an object is written for its owner only, without what the server filled in; the first copy stays", async () => {
    const kept = new KeptStates(folder);
    const secret = (value: string) => ({
      ...{ apiVersion: "v1", kind: "Secret" },
      metadata: { name: "a:b", namespace: "n", uid: "u", resourceVersion: "7", managedFields: [] },
      data: { value },
    });
    const file = await kept.saveObject("2026-01-02T03-04-05Z", secret("one"));
    await kept.saveObject("2026-01-02T03-04-05Z", secret("two"));
    expect(await readdir(join(folder, "kept/2026-01-02T03-04-05Z/objects"))).toEqual(["Secret_n_a-b.yaml"]);
    const text = await readFile(join(folder, file), "utf8");
    expect(text).toContain("value: one");
    expect(text).not.toMatch(/uid|resourceVersion|managedFields/);
    expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
  });
});
