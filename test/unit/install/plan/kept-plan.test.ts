import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { contextId, type InstallSettings } from "../../../../common/contract/index.ts";
import type { KubeObject } from "../../../../electron/cluster/index.ts";
import { generateSecrets, planningSecrets } from "../../../../electron/install/installation-dir/secrets.ts";
import { driftBetween, fingerprintOf, type PlanFingerprint } from "../../../../electron/install/plan/fingerprint.ts";
import { PlanStore, staleBy } from "../../../../electron/install/plan/plan-store.ts";
import type { Built, CatalogueRelease, InstallSecrets } from "../../../../electron/install/types.ts";
import { deployment, emptyCluster, object } from "../objects-support.ts";
import { planOf } from "./plan-support.ts";

const settings: InstallSettings = {
  version: 1,
  name: "demo",
  baseDir: "/home/demo",
  release: "starter",
  platform: "practice",
  auth: "dex",
  email: "user@example.com",
  userNamespace: "user",
  components: [],
  images: {},
};
const secret = (value: string) =>
  object("v1", "Secret", "dex", { data: { hash: Buffer.from(value).toString("base64") } });
const config = (value: string) => object("v1", "ConfigMap", "dex", { data: { "config.yaml": `hash: ${value}` } });

function fingerprint(
  objects: KubeObject[],
  more: {
    settings?: Partial<InstallSettings>;
    secrets?: InstallSecrets;
    existing?: ReadonlyMap<string, KubeObject>;
    cluster?: string;
    hidden?: string[];
  } = {},
): PlanFingerprint {
  const facts = emptyCluster(more.existing ? { existing: more.existing } : {});
  const asked = { ...settings, ...more.settings };
  return fingerprintOf({
    cluster: more.cluster ?? "uid",
    settings: asked,
    // only the components are looked at
    rendering: { release: {} as CatalogueRelease, settings: asked, components: [{ id: "a", objects }] },
    plan: planOf({ a: objects }, { facts }),
    facts,
    secrets: more.secrets ?? generateSecrets(),
    hidden: more.hidden ?? [],
  });
}

const web = deployment("default", "web", { app: "web" });
const key = "apps/Deployment/default/web";

describe("what a person approves", () => {
  test("is the same when it is made again, whatever the secrets are by then", async () => {
    const planning = await planningSecrets();
    const own = { ...generateSecrets(), passwordHash: "$2a$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234" };
    const made = (secrets: InstallSecrets) =>
      fingerprint([web, secret(secrets.oauthClientSecret), config(secrets.passwordHash ?? "")], { secrets });
    expect(driftBetween(made(planning), made(own))).toBeUndefined();
    const annotated = (hash: string) =>
      fingerprint([
        object("v1", "ConfigMap", "c", { metadata: { annotations: { "flowdeck.dev/config-hash": hash } } }),
      ]);
    expect(driftBetween(annotated("one"), annotated("another"))).toBeUndefined();
    const given = "a value for a KfDef";
    const before = fingerprint([config("flowdeck-secret.password.value")]);
    expect(driftBetween(before, fingerprint([config(given)], { hidden: [given] }))).toBeUndefined();
  });

  test("does not depend on the order of fields, nor on what the context is called", () => {
    const { metadata, spec, ...rest } = web;
    const turned = { spec, ...rest, metadata } as KubeObject;
    const renamed = fingerprint([turned], { settings: { contextName: "another" } });
    expect(driftBetween(fingerprint([web]), renamed)).toBeUndefined();
  });

  test("is out of date when an object differs, is new or is gone", () => {
    const approved = fingerprint([web]);
    const scaled = { ...web, spec: { ...(web.spec as object), replicas: 9 } };
    expect(driftBetween(approved, fingerprint([scaled]))).toEqual({ of: "objects", count: 1, objects: [key] });
    const more = fingerprint([web, object("v1", "ConfigMap", "more", {})]);
    expect(driftBetween(approved, more)).toMatchObject({ of: "objects", count: 1 });
    expect(driftBetween(more, approved)).toMatchObject({ of: "objects", count: 1 });
  });

  test("tells whole numbers apart that a double can't", () => {
    const limit = (value: bigint) => fingerprint([object("v1", "Big", "big", { limit: value })]);
    expect(driftBetween(limit(9007199254740993n), limit(9007199254740992n))).toMatchObject({ of: "objects" });
  });

  test("is out of date when the cluster is another one, or has an object that was to be created", () => {
    const approved = fingerprint([web]);
    expect(driftBetween(approved, fingerprint([web], { cluster: "other" }))).toEqual({ of: "cluster" });
    const there = fingerprint([web], { existing: new Map([[key, web]]) });
    expect(driftBetween(approved, there)).toEqual({ of: "decisions", count: 1, objects: [key] });
  });

  test("is out of date when the settings differ", () => {
    const other = fingerprint([web], { settings: { email: "other@example.com" } });
    expect(driftBetween(fingerprint([web]), other)).toEqual({ of: "settings" });
  });

  test("keys that every object has are looked at as others are", () => {
    const approved = { ...fingerprint([web]), objects: {} };
    const now = { ...approved, objects: { constructor: "x" } };
    expect(driftBetween(approved, now)).toEqual({ of: "objects", count: 1, objects: ["constructor"] });
  });

  test("is told with the objects' names, and with the way to a new plan", () => {
    const error = staleBy({ of: "objects", count: 4, objects: [key, "/Secret/default/dex", "/Namespace//demo"] });
    expect(error.message).toBe(
      "The plan is out of date because 4 objects (apps Deployment default web, Secret default dex, Namespace demo, …) would differ from what it showed.",
    );
    expect(error).toMatchObject({ code: "plan-stale", fix: { id: "plan-again" } });
  });
});

describe("plans that are kept", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "flowdeck-plans-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const plan = () => ({
    context: contextId.parse("c"),
    settings,
    adopt: false,
    fingerprint: fingerprint([web, secret("s3cret-value-of-mine")]),
  });

  const built: Built = { key: "k", components: [{ id: "web", objects: [] }] };

  test("come back as they were, for their user only, without a secret value", async () => {
    const store = new PlanStore(join(folder, "plans"));
    const kept = plan();
    const id = await store.keep(kept, built);
    expect(await new PlanStore(join(folder, "plans")).get(id)).toMatchObject({ id, ...kept });
    const file = join(folder, "plans", `${id}.json`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = await readFile(file, "utf8");
    expect(text).not.toContain("s3cret-value-of-mine");
    expect(text).not.toContain(Buffer.from("s3cret-value-of-mine").toString("base64"));
  });

  test("are refused when they are unknown, damaged, or named by a path", async () => {
    const store = new PlanStore(folder);
    const id = await store.keep(plan(), built);
    await writeFile(join(folder, `${id}.json`), "{");
    for (const asked of [id, crypto.randomUUID(), "../secrets/x", ""])
      await expect(store.get(asked)).rejects.toMatchObject({ code: "plan-stale" });
  });

  test("bring what they were built as to the start that follows, once, and not into another run of the app", async () => {
    const store = new PlanStore(folder);
    const id = await store.keep(plan(), built);
    expect((await new PlanStore(folder).take(id)).built).toBeUndefined();
    expect((await store.take(id)).built).toBe(built);
    expect((await store.take(id)).built).toBeUndefined();
    expect(await readFile(join(folder, `${id}.json`), "utf8")).not.toContain('components":[{"id":"web');
  });

  test("keep what they were built as for the last plan of the two newest installations only", async () => {
    const store = new PlanStore(folder);
    const keep = (name: string) => store.keep({ ...plan(), settings: { ...settings, name } }, built);
    const ids = [await keep("a"), await keep("b"), await keep("b"), await keep("a"), await keep("c")];
    const taken = await Promise.all(ids.map(async (id) => (await store.take(id)).built !== undefined));
    expect(taken).toEqual([false, false, false, true, true]);
  });

  test("are few: the oldest go", async () => {
    const store = new PlanStore(folder);
    const first = await store.keep(plan(), built);
    await new Promise((done) => setTimeout(done, 5));
    let last = first;
    for (let n = 0; n < 22; n++) last = await store.keep(plan(), built);
    expect(await readdir(folder)).toHaveLength(20);
    await expect(store.get(first)).rejects.toMatchObject({ code: "plan-stale" });
    expect((await store.get(last)).id).toBe(last);
  });
});
