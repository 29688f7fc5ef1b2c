import { createHash } from "node:crypto";
import { join } from "node:path";
import { FlowdeckError, type InstallSettings } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { Tools } from "../../tools/index.ts";
import { withDiskReason } from "../disk.ts";
import { componentsOf, resolveComponents } from "../release/resolve.ts";
import { openMirror } from "../sources/mirror.ts";
import { scratchFolder } from "../sources/scratch.ts";
import { type LocalSource, provideSource, type SourceOptions, treesOf } from "../sources/sources.ts";
import type { Built, CatalogueComponent, CatalogueRelease, SourceSpec } from "../types.ts";
import { type Builder, type BuildFolder, buildFolders, findBuilder } from "./build.ts";
import { dropFrom } from "./drop.ts";
import { RenderCache } from "./render-cache.ts";
import { makeWorkingCopy } from "./working-copy.ts";

export interface PrepareInput {
  settings: Pick<InstallSettings, "components">;
  release: CatalogueRelease;
  dataDir: string;
  assetsDir: string;
  /** Folder with sources.json that is asked before the network. */
  mirror?: string | undefined;
  tools: Tools;
  network?: SourceOptions["network"];
  /** What was built before: taken where the same would come out again. */
  built?: Built | undefined;
}

export interface PrepareOptions {
  signal?: AbortSignal | undefined;
  /** `fraction` is 0 to 1 within the step. */
  onProgress?: ((step: "sources" | "build", fraction: number, said: Message) => void) | undefined;
}

/** The chosen components with what they need, rendered from verified sources; settings are not yet put in. */
export interface Prepared extends Built {
  release: CatalogueRelease;
}

interface Part {
  component: CatalogueComponent;
  path: string;
  id: string;
  key: string;
  objects?: KubeObject[];
}

/**
 * Sources, then build. What was built before from the same content by the same program is taken from the cache, and
 * then its sources are not needed. Throws `settings-invalid` for a component the release does not have, and what
 * {@link provideSource} and {@link buildFolders} throw.
 */
export async function prepare(input: PrepareInput, options: PrepareOptions = {}): Promise<Prepared> {
  const { release, tools } = input;
  const { signal } = options;
  const resolved = resolveComponents(release, input.settings.components);
  if (resolved.unknown.length > 0)
    throw new FlowdeckError(
      "settings-invalid",
      message("render.noComponent", { release: release.title, names: resolved.unknown.join('", "') }),
      {
        advice: message("render.components", {
          names: release.components.map((component) => component.id).join(", "),
        }),
      },
    );
  const chosen = componentsOf(release, resolved);
  options.onProgress?.("sources", 0, message("progress.lookingForSources"));
  const builder = await findBuilder(tools, {
    signal,
    onProgress: (progress) => options.onProgress?.("sources", 0, progress.said),
  });
  const cache = new RenderCache(input.dataDir);
  const root = sourceOf(release, release.root);
  // A bundled folder pins nothing: what it is now is its content.
  const bundled = root.kind === "folder" ? await provideSource(root, { ...pickPlaces(input), signal }) : undefined;
  const parts = chosen.flatMap((component) =>
    component.paths.map((path, index): Part => {
      const key = cache.key(builder, contentsOf(release, component, bundled?.content), path);
      return { component, path, id: `${component.id}.${index + 1}`, key };
    }),
  );
  const key = createHash("sha256")
    .update(JSON.stringify(parts.map(({ id, key }) => [id, key])))
    .digest("hex");
  if (input.built?.key === key) {
    options.onProgress?.("build", 1, message("progress.allBuilt", { count: chosen.length }));
    return { release, ...input.built };
  }
  await Promise.all(
    parts.map(async (part) => {
      const objects = await cache.read(part.key);
      if (objects !== undefined) part.objects = objects;
    }),
  );
  const missing = parts.filter((part) => part.objects === undefined);
  try {
    if (missing.length > 0) await buildMissing(input, options, { builder, cache, parts, missing });
  } catch (error) {
    throw await withDiskReason(error, input.dataDir);
  }
  options.onProgress?.("build", 1, message("progress.allBuilt", { count: chosen.length }));
  return {
    release,
    key,
    components: chosen.map((component) => ({
      id: component.id,
      objects: dropFrom(
        parts.filter((part) => part.component === component).flatMap((part) => part.objects ?? []),
        component.drop ?? [],
      ),
    })),
  };
}

interface Work {
  builder: Builder;
  cache: RenderCache;
  parts: readonly Part[];
  missing: readonly Part[];
}

async function buildMissing(input: PrepareInput, options: PrepareOptions, work: Work): Promise<void> {
  const { release, dataDir, tools } = input;
  const { signal, onProgress } = options;
  const wanted = new Set([release.root, ...work.missing.flatMap(({ component }) => component.sources ?? [])]);
  const sources = await getSources(
    release.sources.filter((source) => wanted.has(source.id)),
    input,
    options,
  );
  const root = sources.find(({ spec }) => spec.id === release.root);
  if (root === undefined) throw new Error(`the release has no source ${release.root}`);
  const scratch = await scratchFolder(dataDir);
  try {
    const paths = work.missing.map((part) => part.path);
    const others = sources.filter((source) => source !== root);
    const copy = await makeWorkingCopy(scratch.path, root, others, release.remoteBases, paths, signal);
    const byId = new Map(work.missing.map((part) => [part.id, part]));
    const open = new Map<CatalogueComponent, number>();
    for (const { component } of work.missing) open.set(component, (open.get(component) ?? 0) + 1);
    let done = work.parts.length - work.missing.length;
    onProgress?.("build", done / work.parts.length, message("progress.building", { count: open.size }));
    // The biggest stand late in a catalogue; begun last, they would be waited for alone.
    const folders = [...work.missing]
      .reverse()
      .map((part): BuildFolder => ({ id: part.id, path: join(copy.root, part.path), title: part.path }));
    await buildFolders(work.builder, folders, {
      tools,
      scratch: scratch.path,
      signal,
      onBuilt: async (folder, objects) => {
        const part = byId.get(folder.id);
        if (part === undefined) return;
        part.objects = objects;
        await work.cache.write(part.key, objects);
        done += 1;
        const left = (open.get(part.component) ?? 1) - 1;
        open.set(part.component, left);
        const said = message(left === 0 ? "progress.built" : "progress.buildingOne", { name: part.component.title });
        onProgress?.("build", done / work.parts.length, said);
      },
    });
  } finally {
    await scratch.remove();
  }
}

/** All at once; the fraction is the mean of theirs, the words those of the one that spoke last. */
async function getSources(
  specs: readonly SourceSpec[],
  input: PrepareInput,
  options: PrepareOptions,
): Promise<LocalSource[]> {
  const mirror = input.mirror === undefined ? undefined : await openMirror(input.mirror);
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const fractions = specs.map(() => 0);
  const tasks = specs.map(async (spec, index) => {
    const source = await provideSource(spec, {
      dataDir: input.dataDir,
      assetsDir: input.assetsDir,
      mirror,
      signal,
      ...(input.network === undefined ? {} : { network: input.network }),
      onProgress: (fraction, said) => {
        fractions[index] = Math.max(fractions[index] ?? 0, fraction);
        options.onProgress?.("sources", fractions.reduce((a, b) => a + b, 0) / specs.length, said);
      },
    });
    fractions[index] = 1;
    return source;
  });
  try {
    return await Promise.all(tasks);
  } catch (error) {
    stop.abort();
    await Promise.allSettled(tasks);
    options.signal?.throwIfAborted();
    throw error;
  }
}

const pickPlaces = ({ dataDir, assetsDir }: PrepareInput) => ({ dataDir, assetsDir });

function sourceOf(release: CatalogueRelease, id: string): SourceSpec {
  const source = release.sources.find((one) => one.id === id);
  if (source === undefined) throw new Error(`the release has no source ${id}`);
  return source;
}

/** Everything a component's build may read, by content. */
function contentsOf(release: CatalogueRelease, component: CatalogueComponent, bundled: string | undefined): string[] {
  return [release.root, ...(component.sources ?? [])].map((id) => {
    const source = sourceOf(release, id);
    const trees = treesOf(source);
    if (trees.length > 0) return trees.join();
    return source.sha256?.map(({ digest }) => digest).join() ?? bundled ?? "";
  });
}
