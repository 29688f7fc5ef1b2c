import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { bothWords } from "../../../common/contract/both-words.ts";
import {
  componentInfo,
  FlowdeckError,
  platform,
  type ReleaseCapabilities,
  type ReleaseInfo,
  releaseInfo,
} from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { openMirror } from "../sources/mirror.ts";
import { treesOf, whereSourceIs } from "../sources/sources.ts";
import type { CatalogueRelease } from "../types.ts";

const hex = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${length}}$`));
const id = z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/);
/** A path inside a tree: relative, and staying there. */
const treePath = z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[^\\]+$/);

const digests = z.array(z.strictObject({ digest: hex(64), of: z.string().min(1) })).min(1);

const source = z.strictObject({
  id,
  url: z.url(),
  kind: z.enum(["archive", "file", "folder"]),
  tree: hex(40).optional(),
  trees: z
    .array(z.strictObject({ tree: hex(40), of: z.string().min(1) }))
    .min(2)
    .optional(),
  folder: treePath.optional(),
  sha256: digests.optional(),
  base: treePath.optional(),
  rendered: z.strictObject({ url: z.url(), sha256: digests }).optional(),
});

const drop = z.strictObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  name: z.string().optional(),
  label: z
    .string()
    .regex(/^[^=]+=.+$/)
    .optional(),
  annotation: z.string().optional(),
  because: z.string().min(1),
});

const variant = z.strictObject({
  on: z.array(platform).min(1),
  paths: z.array(treePath).min(1),
  issuer: z.boolean().optional(),
  because: bothWords,
});

const component = z.strictObject({
  ...componentInfo.shape,
  id,
  paths: z.array(treePath).min(1),
  sources: z.array(id).optional(),
  drop: z.array(drop).optional(),
  variants: z.array(variant).optional(),
});

const upgradeStep = z.strictObject({
  title: bothWords,
  because: bothWords,
  objects: z
    .array(
      z.strictObject({
        group: z.string(),
        kind: z.string(),
        namespace: z.string().optional(),
        names: z.array(z.string()).min(1),
      }),
    )
    .min(1),
});

/** One file of assets/releases. Everything in it is checked, so that a slip there shows before an installation does. */
const releaseFile = z
  .strictObject({
    ...releaseInfo.omit({ source: true, capabilities: true }).shape,
    version: z.literal(1),
    id,
    commit: hex(40).optional(),
    root: id,
    shape: z.enum(["kubeflow", "starter", "kfdef"]),
    signIn: z.boolean(),
    kfdef: z.strictObject({ standard: z.string(), dex: z.string() }).optional(),
    dashboard: z.strictObject({ namespace: id, service: id, port: z.number().int().min(1).max(65535) }),
    sources: z.array(source).min(1),
    remoteBases: z.array(z.strictObject({ prefix: z.url(), ref: z.string().optional(), source: id })),
    embeddedImages: z.array(z.strictObject({ kind: z.string(), namespace: id.optional(), name: id })).optional(),
    upgrades: z.array(z.strictObject({ from: id, steps: z.array(upgradeStep).min(1) })).optional(),
    components: z.array(component),
  })
  .superRefine((release, context) => {
    const complain = (message: string) => context.addIssue({ code: "custom", message });
    const components = release.components.map((one) => one.id);
    const sources = release.sources.map((one) => one.id);
    if (new Set(components).size !== components.length) complain("a component id is there twice");
    if (new Set(sources).size !== sources.length) complain("a source id is there twice");
    const isKfDef = release.shape === "kfdef";
    if (isKfDef !== (release.kfdef !== undefined)) complain("kfdef is given for shape kfdef, and for no other");
    if (isKfDef !== (components.length === 0))
      complain("a KfDef has no components of its own, everything else has some");
    if (!sources.includes(release.root)) complain(`root "${release.root}" is no source`);
    for (const one of release.sources) {
      if (one.kind === "archive" && treesOf(one).length === 0) complain(`source ${one.id} pins no git tree`);
      if (one.tree !== undefined && one.trees !== undefined) complain(`source ${one.id} has both tree and trees`);
      if (one.kind === "file" && one.sha256 === undefined) complain(`source ${one.id} pins no SHA-256`);
      if (one.kind === "folder" && one.folder === undefined) complain(`source ${one.id} names no folder`);
      if (one.kind !== "folder" && !one.url.startsWith("https://")) complain(`source ${one.id} is not on https`);
    }
    for (const base of release.remoteBases)
      if (!sources.includes(base.source)) complain(`remote base ${base.prefix} names no source of the release`);
    for (const one of release.components) {
      for (const need of one.needs) if (!components.includes(need.id)) complain(`${one.id} needs unknown ${need.id}`);
      for (const name of one.sources ?? [])
        if (!sources.includes(name)) complain(`${one.id} names unknown source ${name}`);
    }
  });

/** The releases that can be installed: assets/releases/*.json, read and checked once. */
export class Catalogue {
  readonly #folder: string;
  #loading: Promise<readonly CatalogueRelease[]> | undefined;

  constructor(assetsDir: string) {
    this.#folder = join(assetsDir, "releases");
  }

  /** Newest Kubeflow first, what is bundled last. */
  async all(): Promise<readonly CatalogueRelease[]> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** Throws `release-unknown`, listing the releases there are. */
  async get(id: string): Promise<CatalogueRelease> {
    const releases = await this.all();
    const release = releases.find((one) => one.id === id);
    if (release !== undefined) return release;
    const known = releases.map((one) => `${one.id} (${one.title.en})`).join(", ");
    throw new FlowdeckError("release-unknown", message("render.releaseUnknown", { id }), {
      advice: message("render.releases", { names: known }),
    });
  }

  async #load(): Promise<CatalogueRelease[]> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(".json")).sort();
    const releases = await Promise.all(names.map((name) => readRelease(join(this.#folder, name))));
    return releases.sort(
      (a, b) =>
        Number(a.shape === "starter") - Number(b.shape === "starter") ||
        b.id.localeCompare(a.id, "en", { numeric: true }),
    );
  }
}

async function readRelease(file: string): Promise<CatalogueRelease> {
  const parsed = releaseFile.safeParse(JSON.parse(await readFile(file, "utf8")));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  const { version: _version, ...release } = parsed.data;
  return release as CatalogueRelease;
}

/** What the interface shows of a release, with where its sources would come from now. */
export async function describeRelease(
  release: CatalogueRelease,
  options: { dataDir: string; mirror?: string | undefined; capabilities: ReleaseCapabilities },
): Promise<ReleaseInfo> {
  // A broken mirror is told when it is used; a list of releases can be shown without it.
  const mirror = options.mirror === undefined ? undefined : await openMirror(options.mirror).catch(() => undefined);
  const places = await Promise.all(
    release.sources.map((source) => whereSourceIs(source, { dataDir: options.dataDir, mirror })),
  );
  const order = ["download", "mirror", "cache", "bundled"] as const;
  return releaseInfo.parse({
    ...release,
    capabilities: options.capabilities,
    source: order.find((place) => places.includes(place)) ?? "bundled",
  });
}
