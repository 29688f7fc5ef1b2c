import { dirname, join, resolve } from "node:path";
import { FlowdeckError } from "../../../common/contract/index.ts";
import type { Message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import {
  type Builder,
  type BuildFolder,
  type Built,
  buildFolders,
  contentId,
  findBuilder,
} from "../../install/index.ts";
import type { Tools } from "../../tools/index.ts";
import { makeWorkingCopy } from "./working-copy.ts";

export interface RenderInput {
  /** In file order. Each `path` is kustomize/<application> of one and the same KF_DIR. */
  folders: readonly { name: string; path: string }[];
  tools: Tools;
  /** A folder that only this rendering uses; whoever made it removes it. */
  scratch: string;
  signal?: AbortSignal | undefined;
  /** What was built before: taken where the same would come out again. */
  built?: Built | undefined;
  /** Called for each application that is built, with how many are. */
  onBuilt?: ((application: string, built: number) => void) | undefined;
  /** Words of a toolbox that has to be built first. */
  onProgress?: ((said: Message) => void) | undefined;
}

/**
 * What kustomize makes of each application, in file order. KF_DIR stays as it is: a copy of it, translated for
 * kustomize 5, is built. Throws `build-failed` naming the application, and what {@link findBuilder} throws.
 */
export async function renderApplications(input: RenderInput): Promise<Built> {
  const { folders, tools, scratch, signal } = input;
  const [first] = folders;
  if (first === undefined) return { key: "", components: [] };
  const builder = await findBuilder(tools, {
    signal,
    onProgress: (progress) => input.onProgress?.(progress.said),
  });
  const root = dirname(dirname(resolve(first.path)));
  const copy = await makeWorkingCopy(join(scratch, "copy"), root, folders, signal);
  const key = await keyOf(builder, join(scratch, "copy"), folders, signal);
  if (input.built?.key === key) return input.built;
  const built = new Map<string, KubeObject[]>();
  try {
    await buildFolders(
      builder,
      folders.map(
        ({ name, path }, index): BuildFolder => ({
          id: `application-${index + 1}`,
          path: copy.pathOf(path),
          title: `the application ${name}`,
        }),
      ),
      {
        tools,
        scratch,
        signal,
        onBuilt: (folder, objects) => {
          built.set(folder.id, objects);
          input.onBuilt?.(folder.title.replace("the application ", ""), built.size);
        },
      },
    );
  } catch (error) {
    if (!(error instanceof FlowdeckError) || error.detail === undefined) throw error;
    throw FlowdeckError.from({ ...error.toJSON(), detail: copy.originals(error.detail) });
  }
  return {
    key,
    components: folders.map(({ name }, index) => ({ id: name, objects: built.get(`application-${index + 1}`) ?? [] })),
  };
}

/** Everything that the builder reads lies in the copy. */
async function keyOf(
  { version }: Builder,
  copy: string,
  folders: RenderInput["folders"],
  signal: AbortSignal | undefined,
): Promise<string> {
  return JSON.stringify([version, await contentId(copy, signal), folders.map(({ name }) => name)]);
}
