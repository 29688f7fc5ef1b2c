import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { kfDefOf } from "../../../../electron/install/drivers/kfdef-settings.ts";
import { Catalogue } from "../../../../electron/install/release/catalogue.ts";
import { resolveComponents } from "../../../../electron/install/release/resolve.ts";
import { treesOf } from "../../../../electron/install/sources/sources.ts";
import { assetsDir, below, failure, temporaryFolders } from "../support.ts";

const folder = temporaryFolders();
const catalogue = new Catalogue(assetsDir);

describe("the catalogue", () => {
  it("has the newest release first and the starter last", async () => {
    expect((await catalogue.all()).map(({ id }) => id)).toEqual(["26.03.1", "26.03", "1.0", "starter"]);
  });

  it("lists what there is when asked for something else", async () => {
    const error = await failure("release-unknown", catalogue.get("27.01"));
    expect(error.message).toContain("27.01");
    expect(below(error)).toContain("26.03");
    expect(below(error)).toContain("starter");
  });

  it("pins every source, and says where the start page is and whether there is a sign-in", async () => {
    const release = await catalogue.get("26.03");
    for (const source of release.sources) expect(source.tree ?? source.sha256, source.id).toBeDefined();
    expect(release.dashboard).toEqual({ namespace: "istio-system", service: "istio-ingressgateway", port: 80 });
    expect(release.signIn).toBe(true);
    expect((await catalogue.get("starter")).signIn).toBe(false);
  });

  it("has Kubeflow 1.0 as a KfDef: two files, one source that may be whole or without its plugins, no components", async () => {
    const release = await catalogue.get("1.0");
    expect(release.shape).toBe("kfdef");
    expect(release.components).toEqual([]);
    expect(release.kfdef?.standard).toMatch(/kfctl_k8s_istio\.v1\.0\.0\.yaml$/);
    expect(release.kfdef?.dex).toMatch(/kfctl_istio_dex\.v1\.0\.0\.yaml$/);
    expect(release.sources.map(treesOf)).toEqual([
      ["b30b82f9d48694073f1f0b7d64ca8ee8951f8e9e", "a4ec772b55ebb19f3a85291e7e67f4212be571ae"],
    ]);
    const settings = { auth: "dex" as const };
    expect(kfDefOf(release, settings)).toEqual({ configUri: release.kfdef?.dex, modernise: true });
    const own = { configUri: "/home/me/own.yaml", modernise: false };
    expect(kfDefOf(release, { auth: "dex", kfdef: own })).toEqual(own);
    expect(kfDefOf(await catalogue.get("26.03"), { auth: "dex", kfdef: own })).toBeUndefined();
  });

  it("explains every release in both languages", async () => {
    for (const release of await catalogue.all()) {
      expect(release.description.en.length, release.id).toBeGreaterThan(10);
      expect(release.description.ko, release.id).toMatch(/[가-힣]/);
    }
  });

  it("is made of texts in both languages, the Korean ones with their particles chosen", async () => {
    const texts: { en: string; ko: string }[] = [];
    const collect = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      if ("en" in value || "ko" in value) texts.push(value as { en: string; ko: string });
      for (const inner of Object.values(value)) collect(inner);
    };
    const releases = await catalogue.all();
    for (const release of releases) collect(release);
    expect(texts.length).toBeGreaterThan(100);
    for (const { en, ko } of texts) {
      expect(en).toMatch(/^[^가-힣]+$/);
      // A product's name is the same in both.
      if (ko !== en) expect(ko).toMatch(/[가-힣]/);
      expect(ko).not.toMatch(/\([은는이가을를와과으]\)/);
      // A word that ends in a final consonant takes 은, one without takes 는; half of them stood with both or the wrong one.
      expect(ko).not.toMatch(/(?:페이지|대시보드|네임스페이스|게이트웨이)(?:은|이|을|과)(?=[\s,.])/);
    }
    for (const { title, components } of releases)
      for (const one of [title, ...components.map((component) => component.title)])
        expect(one).toEqual({ en: expect.stringMatching(/./), ko: expect.stringMatching(/./) });
  });

  it("explains every component and every need in both languages", async () => {
    for (const release of await catalogue.all())
      for (const component of release.components)
        for (const words of [component.description, ...component.needs.map(({ because }) => because)]) {
          expect(words.en.length, component.id).toBeGreaterThan(10);
          expect(words.ko, component.id).toMatch(/[가-힣]/);
        }
  });

  it.each<[string, (release: Record<string, unknown>) => void, RegExp]>([
    ["an unknown field", (release) => Object.assign(release, { surprise: 1 }), /surprise/],
    [
      "a source without its tree",
      (release) => Object.assign(release, { sources: [{ id: "manifests", kind: "archive", url: "https://x.org/a" }] }),
      /pins no git tree/,
    ],
    [
      "a source with two ways to say its tree",
      (release) => {
        const pinned = { tree: "0".repeat(40), of: "x" };
        const source = { id: "manifests", kind: "archive", url: "https://x.org/a", tree: pinned.tree };
        Object.assign(release, { sources: [{ ...source, trees: [pinned, pinned] }] });
      },
      /both tree and trees/,
    ],
    ["components that are gone", (release) => Object.assign(release, { components: [] }), /everything else has some/],
    [
      "a KfDef's files that is none",
      (release) => Object.assign(release, { kfdef: { standard: "https://x.org/a", dex: "https://x.org/b" } }),
      /for no other/,
    ],
    ["a path that leads outside", (release) => Object.assign(first(release), { paths: ["../../etc"] }), /paths/],
    [
      "a need nobody fulfils",
      (release) => Object.assign(first(release), { needs: [{ id: "nobody", because: { en: "x", ko: "x" } }] }),
      /unknown nobody/,
    ],
  ])("refuses a release with %s", async (_what, harm, why) => {
    const assets = await folder();
    await mkdir(join(assets, "releases"));
    const release = JSON.parse(await readFile(join(assetsDir, "releases/kubeflow-26.03.json"), "utf8"));
    harm(release);
    await writeFile(join(assets, "releases/x.json"), JSON.stringify(release));
    await expect(new Catalogue(assets).all()).rejects.toThrow(why);
  });

  it("reads whatever releases are in its folder", async () => {
    const assets = await folder();
    await mkdir(join(assets, "releases"));
    await cp(join(assetsDir, "releases/starter.json"), join(assets, "releases/a.json"));
    expect((await new Catalogue(assets).all()).map(({ id }) => id)).toEqual(["starter"]);
  });
});

function first(release: Record<string, unknown>): object {
  const [component] = release.components as object[];
  if (component === undefined) throw new Error("no component");
  return component;
}

describe("resolving a choice", () => {
  it("brings the required components when nothing is chosen, and cert-manager only when something needs it", async () => {
    const release = await catalogue.get("26.03");
    const ids = (chosen: string[]) => resolveComponents(release, chosen).components.map(({ id }) => id);
    expect(ids([])).toEqual([
      "istio",
      "oauth2-proxy",
      "dex",
      "kubeflow-core",
      "central-dashboard",
      "profiles",
      "user-namespace",
    ]);
    expect(ids(["katib"])).toContain("cert-manager");
    expect(ids(release.components.map(({ id }) => id))).toHaveLength(release.components.length);
  });

  it("follows needs to the end, in the catalogue's order, with the reasons", async () => {
    const release = await catalogue.get("26.03");
    const { components, unknown } = resolveComponents(release, ["models-web-app", "nonsense", "nonsense"]);
    const ids = components.map(({ id }) => id);
    expect(ids).toEqual(release.components.map(({ id }) => id).filter((id) => ids.includes(id)));
    for (const id of ["kserve", "knative-serving", "cluster-local-gateway", "cert-manager"]) expect(ids).toContain(id);
    expect(unknown).toEqual(["nonsense"]);
    const kserve = components.find(({ id }) => id === "kserve");
    expect(kserve).toMatchObject({ chosen: false, because: [{ by: "models-web-app" }] });
    expect(components.find(({ id }) => id === "models-web-app")).toMatchObject({ chosen: true, because: [] });
    expect(components.find(({ id }) => id === "istio")?.chosen).toBe(true);
  });

  it("survives needs that go round in a circle", () => {
    const words = { en: "", ko: "" };
    const component = (id: string, need: string) => ({
      id,
      title: { en: id, ko: id },
      description: words,
      group: "core" as const,
      required: false,
      paths: ["x"],
      needs: [{ id: need, because: words }],
    });
    const { components } = resolveComponents({ components: [component("a", "b"), component("b", "a")] }, ["b"]);
    expect(components.map(({ id, chosen }) => [id, chosen])).toEqual([
      ["a", false],
      ["b", true],
    ]);
  });
});
