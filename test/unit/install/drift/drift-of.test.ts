import { describe, expect, test } from "vitest";
import type { KubeObject } from "../../../../electron/cluster/index.ts";
import { appliedForm, withReplicas } from "../../../../electron/install/drift/applied-form.ts";
import { type DriftRules, driftOf, inOrder, isUntouched } from "../../../../electron/install/drift/drift-of.ts";
import { SecretValues } from "../../../../electron/install/drift/secret-values.ts";
import { redact } from "../../../../electron/install/installation-dir/redact.ts";
import { refOf } from "../../../../electron/install/objects.ts";
import { deployment, object } from "../objects-support.ts";

const secrets = {
  oauthClientSecret: "client-secret-0123456789abcdef0123456789",
  oauthCookieSecret: "cookie-secret-0123456789abcdef0123456789",
  digestKey: "digest-key-0123456789abcdef0123456789abcd",
  databasePassword: "database-password",
};
const here = new SecretValues(secrets);
const elsewhere = new SecretValues(undefined);
const since = "2026-11-01T10:00:00Z";
const rules = (values = here): DriftRules => ({ since, secrets: values, kept: new Map() });

function by(manager: string, at: string, of: KubeObject, fieldsV1: object): KubeObject {
  return { ...of, metadata: { ...of.metadata, managedFields: [{ manager, operation: "Update", time: at, fieldsV1 }] } };
}

function drift(applied: KubeObject, live: KubeObject | undefined, values = here) {
  return driftOf({ ref: refOf(applied), component: "c", applied, live }, rules(values));
}

/** As the folder has it. */
function written(of: KubeObject): KubeObject {
  return redact([of], secrets)[0] ?? of;
}

describe("how an object differs from what was applied", () => {
  const config = (text: string) => object("v1", "ConfigMap", "c", { metadata: { namespace: "n" }, data: { text } });

  test("deleted, changed, or not at all", () => {
    expect(drift(config("a"), config("a"))).toBeUndefined();
    expect(drift(config("a"), undefined)).toMatchObject({ what: "deleted", state: "deleted", fields: [] });
    const live = by("kubectl-edit", "2026-11-02T10:00:00Z", config("b"), { "f:data": { "f:text": {} } });
    expect(drift(config("a"), live)).toMatchObject({
      what: "changed",
      fields: [{ path: "data.text", applied: '"a"', live: '"b"', by: "kubectl-edit", at: "2026-11-02T10:00:00Z" }],
    });
  });

  test("what Flowdeck set counts as applied when it installed, and as a change when that was later", () => {
    const at = (time: string) => by("flowdeck", time, config("b"), { "f:data": { "f:text": {} } });
    expect(drift(config("a"), at("2026-11-01T09:59:00Z"))).toBeUndefined();
    expect(drift(config("a"), at("2026-11-03T10:00:00Z"))).toMatchObject({ fields: [{ by: "flowdeck" }] });
  });

  test("of a long text only the lines that differ are shown", () => {
    const lines = (middle: string) => config(["first", middle, "last"].join("\n"));
    expect(drift(lines("one"), lines("two"))?.fields).toMatchObject([{ applied: '"one"', live: '"two"' }]);
  });

  test("what is kept is kept until the object changes again", () => {
    const state = drift(config("a"), config("b"))?.state ?? "";
    const kept = new Map([["/ConfigMap/n/c", { object: refOf(config("a")), state }]]);
    const of = (live: KubeObject) =>
      driftOf({ ref: refOf(live), component: "c", applied: config("a"), live }, { ...rules(), kept });
    expect(of(config("b"))?.kept).toBe(true);
    expect(of(config("c"))?.kept).toBe(false);
  });

  test("deleted ones come first, then the latest change", () => {
    const change = (name: string, at: string) =>
      drift(
        object("v1", "ConfigMap", name, { data: { text: "a" } }),
        by("m", at, object("v1", "ConfigMap", name, { data: { text: "b" } }), { "f:data": {} }),
      );
    const found = [
      change("old", "2026-11-02T00:00:00Z"),
      drift(config("a"), undefined),
      change("new", "2026-11-03T00:00:00Z"),
    ];
    expect(inOrder(found.filter((one) => one !== undefined)).map(({ object: { name } }) => name)).toEqual([
      "c",
      "new",
      "old",
    ]);
  });

  test("metadata alone tells that nobody touched a definition", () => {
    const definition = object("apiextensions.k8s.io/v1", "CustomResourceDefinition", "d", {
      metadata: { labels: { "flowdeck.dev/component": "c" } },
    });
    expect(isUntouched(by("flowdeck", since, definition, {}), since)).toBe(true);
    expect(isUntouched(by("kubectl-edit", since, definition, {}), since)).toBe(false);
    expect(isUntouched(by("flowdeck", since, object("v1", "X", "d"), {}), since)).toBe(false);
  });
});

describe("secret values", () => {
  const secret = (data: Record<string, string>) =>
    object("v1", "Secret", "s", {
      metadata: { namespace: "n" },
      data: Object.fromEntries(
        Object.entries(data).map(([name, value]) => [name, Buffer.from(value).toString("base64")]),
      ),
    });
  const config = (text: string) => object("v1", "ConfigMap", "c", { data: { text } });

  test("a Secret is compared by its digests, and no value of it is told", () => {
    const applied = written(secret({ a: "one", b: "two" }));
    expect(drift(applied, secret({ a: "one", b: "two", c: "added" }))).toBeUndefined();
    const found = drift(applied, secret({ a: "one", b: "other" }));
    expect(found?.fields).toEqual([{ path: "data.b" }]);
    expect(JSON.stringify(found)).not.toMatch(/other|b3RoZXI/);
  });

  test("stringData is what the server stores as data", () => {
    const given = object("v1", "Secret", "s", { metadata: { namespace: "n" }, stringData: { a: "one" } });
    expect(drift(written(given), secret({ a: "one" }))).toBeUndefined();
    expect(drift(written(given), secret({ a: "two" }))?.fields).toEqual([{ path: "data.a" }]);
  });

  test("ours are found and hidden wherever they stand", () => {
    const applied = written(config(`secret=${secrets.oauthClientSecret}\nlog=info`));
    expect(drift(applied, config(`secret=${secrets.oauthClientSecret}\nlog=info`))).toBeUndefined();
    const [field] = drift(applied, config("secret=changed\nlog=info"))?.fields ?? [];
    expect(field).toMatchObject({ applied: '"secret=•••"', live: '"secret=changed"' });
  });

  test("on another computer what a digest stands for is not compared, and the rest is", () => {
    const applied = written(config(`secret=${secrets.oauthClientSecret}\nlog=info`));
    expect(drift(applied, config("secret=whatever\nlog=info"), elsewhere)).toBeUndefined();
    expect(drift(applied, config("secret=whatever\nlog=debug"), elsewhere)?.fields).toHaveLength(1);
    expect(drift(written(secret({ a: "one" })), secret({ a: "two" }), elsewhere)).toBeUndefined();
    expect(drift(written(secret({ a: "one" })), secret({}), elsewhere)?.fields).toEqual([{ path: "data.a" }]);
  });

  test("are put back from the cluster and from this computer, or not at all", () => {
    const applied = written(secret({ kept: "one", ours: secrets.databasePassword }));
    expect(here.restored(applied, secret({ kept: "one", ours: "changed" }))).toEqual(
      secret({ kept: "one", ours: secrets.databasePassword }),
    );
    expect(here.restored(applied, secret({ kept: "changed" }))).toBeUndefined();
    expect(elsewhere.restored(applied, undefined)).toBeUndefined();
    const text = config(`password: ${secrets.databasePassword}`);
    expect(here.restored(written(text), undefined)).toEqual(text);
    expect(elsewhere.restored(written(text), undefined)).toBeUndefined();
  });
});

describe("the form in which an object was applied", () => {
  const place = { component: "web", installation: "abc", foreign: false, scaled: new Set<string>() };
  const ref = { apiVersion: "apps/v1", kind: "Deployment", namespace: "kubeflow", name: "web" };
  const rendered = deployment("", "web", { app: "web" });

  test("has its namespace and our labels, of others' objects no labels", () => {
    const labels = { "flowdeck.dev/installation": "abc", "flowdeck.dev/component": "web" };
    expect(appliedForm(rendered, { ...place, ref }).metadata).toMatchObject({ namespace: "kubeflow", labels });
    expect(appliedForm(rendered, { ...place, ref, foreign: true }).metadata.labels).toBeUndefined();
    expect(
      appliedForm(rendered, { ...place, ref: { apiVersion: "v1", kind: "X", name: "web" } }).metadata,
    ).not.toHaveProperty("namespace");
  });

  test("says one replica where somebody scaled what named none, and leaves autoscalers alone", () => {
    const scaledBy = (manager: string) =>
      by(manager, since, { ...rendered, spec: { replicas: 3 } }, { "f:spec": { "f:replicas": {} } });
    const applied = appliedForm(rendered, { ...place, ref });
    expect(withReplicas(applied, scaledBy("kubectl"), place.scaled).spec).toMatchObject({ replicas: 1 });
    expect(withReplicas(applied, scaledBy("kube-controller-manager"), place.scaled).spec).not.toHaveProperty(
      "replicas",
    );
    expect(
      withReplicas(applied, scaledBy("kubectl"), new Set(["apps/Deployment/kubeflow/web"])).spec,
    ).not.toHaveProperty("replicas");
  });
});
