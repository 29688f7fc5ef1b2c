import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { asksForPassword } from "../../../../common/contract/index.ts";
import { type Message, message, verbatim } from "../../../../common/words/index.ts";
import type { ClusterClient } from "../../../../electron/cluster/index.ts";
import { commandLines } from "../../../../electron/install/commands.ts";
import { drivenRelease } from "../../../../electron/install/drivers/driven-release.ts";
import { releaseDrivers } from "../../../../electron/install/drivers/index.ts";
import { driverOf, type ReleaseDriver } from "../../../../electron/install/drivers/release-driver.ts";
import { renderPlan } from "../../../../electron/install/plan/render-plan.ts";
import { Catalogue, describeRelease } from "../../../../electron/install/release/catalogue.ts";
import { createTools } from "../../../../electron/tools/index.ts";
import { object, root } from "../objects-support.ts";
import { settings } from "../support.ts";

const assetsDir = join(root, "assets");
const parts = { tools: createTools(), dataDir: "/x", assetsDir };
const catalogue = new Catalogue(assetsDir);

/** A third kind: one component of two objects, which is applied in order, as charts of others could be. */
const fake: ReleaseDriver = {
  drives: ({ id }) => id === "starter",
  capabilities: () => ({ components: "file", signIn: "none" }),
  settings: (_release, given) => ({ ...given, components: ["chart"] }),
  configFile: () => "Chart.yaml",
  render: async ({ settings: { components }, onProgress }) => {
    onProgress("build", 1, message("kfBuild.built"));
    const objects = [object("v1", "ConfigMap", "a"), object("v1", "Secret", "b")];
    return {
      title: "A chart",
      built: { key: "", components: [] },
      components: components.map((id) => ({ id, title: "Chart", objects })),
      ...{ inOrder: true, namespace: "default", unservedAdvice: verbatim("Choose another chart.") },
      ...{ warnings: [], conversions: [], goneImages: [], adjustments: [], platformChanges: [], hidden: [] },
    };
  },
  commands: (step) => [`helm ${step}`],
  beforeApply: async () => [],
  refuseRemoval: async () => undefined,
  narrator: () => undefined,
};

/** A cluster that serves Kubernetes' own kinds and has the namespace default. */
const client = {
  list: async (_apiVersion: string, kind: string) =>
    kind === "Namespace" ? [object("v1", "Namespace", "default")] : [],
  get: async () => undefined,
  resources: async () => [],
  version: async () => "v1.36.0",
  resourceFor: async (apiVersion: string, kind: string) => ({
    ...{ apiVersion, kind, plural: `${kind.toLowerCase()}s`, namespaced: kind !== "Namespace", verbs: [] },
  }),
} as unknown as ClusterClient;

describe("a driver of a further kind", () => {
  const drivers = releaseDrivers(parts, [fake]);

  test("drives its releases, and the others stay with theirs", async () => {
    const driven = (await catalogue.all()).map((release) => [release.id, driverOf(drivers, release) === fake]);
    expect(Object.fromEntries(driven)).toMatchObject({ starter: true, "1.0": false, "26.03": false });
  });

  test("tells the page what it can", async () => {
    const release = await catalogue.get("starter");
    const capabilities = driverOf(drivers, release).capabilities(release);
    const info = await describeRelease(release, { dataDir: "/x", capabilities });
    expect(info.capabilities).toEqual({ components: "file", signIn: "none" });
    expect(info).not.toHaveProperty("signIn");
  });

  test("makes a plan, in its order, where the planner knows nothing of it", async () => {
    const secrets = { oauthClientSecret: "a", oauthCookieSecret: "b", digestKey: "c", databasePassword: "d" };
    const messages: Message[] = [];
    const driven = await drivenRelease({ catalogue, drivers }, settings({ release: "starter", components: [] }));
    const { title, plan } = await renderPlan(driven, {
      ...{
        secrets,
        installation: "i",
        kfDir: "/x",
        client,
        cluster: "u",
        planning: true,
        adopt: false,
        values: {},
        haveSecrets: true,
      },
      signal: new AbortController().signal,
      onProgress: (_step, _fraction, said) => messages.push(said),
      onMessage: () => undefined,
    });
    expect(title).toBe("A chart");
    expect(plan.nodes.map(({ component }) => component)).toEqual(["chart", "chart"]);
    expect(plan.nodes.map(({ ref }) => ref.namespace)).toEqual(["default", "default"]);
    expect(plan.gates.map(({ id }) => id)).toContain("applied:application chart");
    expect(messages).toContainEqual(message("kfBuild.built"));
  });

  test("gives its own shell lines", async () => {
    const release = await catalogue.get("starter");
    const input = { settings: settings({ release: "starter" }), release, contextName: "c" };
    expect(commandLines(driverOf(drivers, release), "plan", input)).toEqual(["helm plan"]);
  });
});

describe("the releases of the catalogue", () => {
  test.each([
    ["26.03", { components: "chosen", signIn: "password" }, [false, true]],
    ["starter", { components: "chosen", signIn: "none" }, [false, false]],
    ["1.0", { components: "file", signIn: "dex" }, [false, true]],
  ])("%s can %o", async (id, capabilities, asked) => {
    const release = await catalogue.get(id);
    const found = driverOf(releaseDrivers(parts), release).capabilities(release);
    expect(found).toMatchObject(capabilities);
    expect(found.files === undefined).toBe(capabilities.components === "chosen");
    expect((["standard", "dex"] as const).map((auth) => asksForPassword(found, auth))).toEqual(asked);
  });
});

test("nothing outside the drivers asks a release whether it is a KfDef", () => {
  const folders = ["electron/install", "electron/cli", "renderer"].map((folder) => join(root, folder));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  );
  const asking = files
    .filter((file) => /\.tsx?$/.test(file) && !file.includes("/drivers/") && !file.endsWith("release/catalogue.ts"))
    .filter((file) => /release\??\.kfdef|kfDefOf\(/.test(readFileSync(file, "utf8")));
  expect(asking).toEqual([]);
});
