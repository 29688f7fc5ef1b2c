import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { KfDefDocument, KfDefEdit } from "../../../../common/contract/index.ts";
import { message } from "../../../../common/words/index.ts";
import { KfDefs } from "../../../../electron/kfdef/index.ts";
import { createTools } from "../../../../electron/tools/index.ts";
import { assetsDir, describeWithMirror, failure } from "../../install/support.ts";

const kfdefs = new KfDefs({ tools: createTools(), dataDir: "/nowhere", assetsDir });
const { signal } = new AbortController();

const text = `# The team's own
apiVersion: kfdef.apps.kubeflow.org/v1
kind: KfDef
metadata:
  namespace: kubeflow
spec:
  applications:
  # First of all
  - kustomizeConfig:
      overlays:
      - istio # for the gateway
      - application
      parameters:
      - name: admin
        value: 'someone' # who
      repoRef: {name: manifests, path: profiles}
    name: profiles
  # Then this
  - kustomizeConfig:
      repoRef:
        name: manifests
        path: istio/istio
    name: istio
  repos:
  - name: manifests
    uri: https://example.org/manifests.tar.gz
  version: v1.0.0
`;

/** Lines that went (-) and came (+), in order. */
function changes(before: string, after: string): string[] {
  const old = before.split("\n");
  const now = after.split("\n");
  return [
    ...old.filter((line) => count(old, line) > count(now, line)).map((line) => `-${line}`),
    ...now.filter((line) => count(now, line) > count(old, line)).map((line) => `+${line}`),
  ];
}
const count = (lines: readonly string[], line: string) => lines.filter((one) => one === line).length;

async function edited(edit: KfDefEdit, from = text): Promise<KfDefDocument> {
  return kfdefs.edit({ configUri: "/a/kfdef.yaml", text: from, edit });
}

describeWithMirror("the project's own files", (mirror) => {
  it("change in nothing but what is edited", async () => {
    for (const name of await readdir(join(mirror, "kfdef"))) {
      const own = await readFile(join(mirror, "kfdef", name), "utf8");
      const read = await kfdefs.read({ configUri: name, text: own }, signal);
      expect(read.text).toBe(own);
      const { text: after } = await edited(
        { type: "set-parameter", application: "istio", name: "clusterRbacConfig", value: "x" },
        own,
      );
      expect(changes(own, after)).toHaveLength(2);
      expect(after.split("\n")).toHaveLength(own.split("\n").length);
    }
  });
});

describe("an edit of a KfDef", () => {
  it("removes an application with what is written about it", async () => {
    const { text: after, applications } = await edited({ type: "remove-application", application: "istio" });
    expect(applications.map(({ name }) => name)).toEqual(["profiles"]);
    expect(after).toBe(text.replace(/ {2}# Then this[\s\S]*? {4}name: istio\n/, ""));
  });

  it("moves one with its comment", async () => {
    const { text: after, applications } = await edited({
      type: "move-application",
      application: "istio",
      before: "profiles",
    });
    expect(applications.map(({ name }) => name)).toEqual(["istio", "profiles"]);
    expect(after.indexOf("# Then this")).toBeLessThan(after.indexOf("name: istio"));
    expect(changes(text, after)).toEqual([]);
    const last = await edited({ type: "move-application", application: "profiles" });
    expect(last.applications.map(({ name }) => name)).toEqual(["istio", "profiles"]);
  });

  it("adds one at the end", async () => {
    const { text: after } = await edited({
      type: "add-application",
      application: { name: "dex", repo: "manifests", path: "dex" },
    });
    expect(after).toBe(
      text.replace(
        "    name: istio\n",
        "    name: istio\n  - kustomizeConfig:\n      repoRef:\n        name: manifests\n        path: dex\n    name: dex\n",
      ),
    );
    await failure(
      "invalid-input",
      edited({ type: "add-application", application: { name: "istio", repo: "a", path: "b" } }),
    );
  });

  it("sets overlays, those that stay with their comments", async () => {
    const set = (application: string, overlays: string[]) => edited({ type: "set-overlays", application, overlays });
    expect(changes(text, (await set("profiles", ["debug", "istio"])).text)).toEqual([
      "-      - application",
      "+      - debug",
    ]);
    expect((await set("profiles", [])).text).not.toContain("overlays");
    const own = "  - kustomizeConfig:\n      repoRef:\n        name";
    expect((await set("istio", ["a"])).text).toBe(
      text.replace(own, own.replace("      repoRef", "      overlays:\n      - a\n      repoRef")),
    );
  });

  it("sets and takes away a parameter, and keeps a text a text", async () => {
    const set = (application: string, name: string, value?: string) =>
      edited({ type: "set-parameter", application, name, ...(value === undefined ? {} : { value }) });
    expect(changes(text, (await set("profiles", "admin", "me")).text)).toEqual([
      "-        value: 'someone' # who",
      "+        value: 'me' # who",
    ]);
    expect((await set("profiles", "admin")).text).not.toContain("parameters");
    const { applications, issues } = await set("istio", "clusterRbacConfig", "OFF");
    expect(applications[1]?.parameters).toEqual([{ name: "clusterRbacConfig", value: "OFF" }]);
    expect(issues).toEqual([]);
    await failure("not-found", set("nobody", "a", "b"));
  });

  it("tells what is wrong after it", async () => {
    const { issues } = await edited({
      type: "add-application",
      application: { name: "dex", repo: "elsewhere", path: "../x" },
    });
    expect(issues.map(({ level, place }) => [level, place?.line])).toEqual([
      ["error", 26],
      ["error", 27],
    ]);
  });
});

describe("secrets", () => {
  const secret = (source: string) =>
    text.replace("  repos:", `  secrets:\n  - name: db-password\n    secretSource:\n${source}  repos:`);
  const literal = secret("      literalSource:\n        value: hunter2\n");

  it("come to the page by the variable's name only", async () => {
    const read = await kfdefs.read({ configUri: "/a/kfdef.yaml", text: literal }, signal);
    expect(JSON.stringify(read)).not.toContain("hunter2");
    expect(read.text).toBe(secret("      envSource:\n        name: FLOWDECK_SECRET_DB_PASSWORD\n"));
    expect(read.secrets).toEqual([{ name: "db-password", source: "literal", variable: "FLOWDECK_SECRET_DB_PASSWORD" }]);
    const again = await kfdefs.read({ configUri: "/a/kfdef.yaml", text: read.text }, signal);
    expect(again).toEqual(read);
  });

  it("of the environment stay what they are", async () => {
    const env = secret("      envSource:\n        name: DB_PASSWORD\n");
    const read = await kfdefs.read({ configUri: "/a/kfdef.yaml", text: env }, signal);
    expect(read.text).toBe(env);
    expect(read.secrets).toEqual([{ name: "db-password", source: "env", variable: "DB_PASSWORD" }]);
  });

  it.each([
    ["a text in place of fields", secret("      literalSource: hunter2\n")],
    [
      "behind an anchor",
      literal
        .replace("metadata:\n", "metadata:\n  annotations: {a: &pw hunter2}\n")
        .replace("value: hunter2", "value: *pw"),
    ],
    ["in a source that is used twice", `${literal.replace("secretSource:\n", "secretSource: &one\n")}x-copy: *one\n`],
    ["where nobody looks for it", text.replace("spec:\n", "x-old:\n  literalSource: {value: hunter2}\nspec:\n")],
  ])("don't come through %s", async (_where, from) => {
    const read = await kfdefs.read({ configUri: "/a/kfdef.yaml", text: from }, signal);
    expect(JSON.stringify(read)).not.toContain("hunter2");
    const { text: after } = await edited({ type: "remove-application", application: "istio" }, from);
    expect(after).not.toContain("hunter2");
  });
});

describe("a plugin", () => {
  const plugin = (spec: string) =>
    text.replace(
      "  repos:",
      `  plugins:\n  - kind: KfAwsPlugin\n    metadata:\n      name: aws\n    spec:\n${spec}  repos:`,
    );
  const basic = plugin(
    "      auth:\n        basicAuth:\n          username: admin@example.org\n          password: hunter2\n      region: us-west-2\n",
  );

  it("shows its fields without its secrets, which are asked for apart", async () => {
    const read = await kfdefs.read({ configUri: "/a/kfdef.yaml", text: basic }, signal);
    expect(JSON.stringify(read)).not.toContain("hunter2");
    expect(read.auth).toBe("basic-auth");
    expect(read.plugins[0]?.fields.map(({ path, value }) => [path, value])).toEqual([
      ["region", "us-west-2"],
      ["roles", []],
      ["enablePodIamPolicy", false],
      ["enableNodeGroupLog", false],
      ["managedCluster", false],
      ["auth.basicAuth.username", "admin@example.org"],
    ]);
    expect(read.secrets).toEqual([
      { name: "basic-auth-password", source: "literal", variable: "FLOWDECK_SECRET_BASIC_AUTH_PASSWORD" },
    ]);
  });

  it("is edited field by field", async () => {
    const set = (path: string, value?: string | string[] | boolean) =>
      edited({ type: "set-plugin-field", plugin: "aws", path, ...(value === undefined ? {} : { value }) }, basic);
    expect((await set("roles", ["a", "b"])).plugins[0]?.fields[1]?.value).toEqual(["a", "b"]);
    expect((await set("enablePodIamPolicy", true)).plugins[0]?.fields[2]?.value).toBe(true);
    const { plugins, issues } = await set("region", "nowhere");
    expect(plugins[0]?.fields[0]?.problem).toEqual({
      level: "warning",
      said: message("plugin.regionBad"),
    });
    expect(issues[0]?.level).toBe("warning");
    expect((await set("auth.basicAuth.username")).issues).toMatchObject([
      { level: "error", path: "spec.plugins[0].spec.auth.basicAuth.username" },
    ]);
    await failure("invalid-input", set("auth.basicAuth.password", "hunter3"));
    await failure("invalid-input", set("nothing", "x"));
  });

  it("signs in another way: the fields and the secret of the one before go", async () => {
    const oidc = await edited({ type: "set-plugin-auth", plugin: "aws", auth: "oidc" }, basic);
    expect(oidc.auth).toBe("oidc");
    expect(oidc.text).not.toContain("basicAuth");
    expect(oidc.secrets.map(({ name }) => name)).toEqual(["oidc-oauth-client-secret"]);
    expect(oidc.issues.filter(({ level }) => level === "error")).toHaveLength(6);
    const cognito = await edited({ type: "set-plugin-auth", plugin: "aws", auth: "cognito" }, oidc.text);
    expect(cognito.secrets).toEqual([]);
    await failure("invalid-input", edited({ type: "set-plugin-auth", plugin: "aws", auth: "iap" }, basic));
  });
});
