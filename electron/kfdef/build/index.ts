export { type BuildTreeInput, type BuiltTree, buildTree } from "./build-tree.ts";
export { cannotBuild } from "./cannot-build.ts";
export { choicesOf } from "./choices.ts";
export { isFolder } from "./files.ts";
export { repoCopy } from "./repo-copy.ts";
export type { RepoSources } from "./repos.ts";
export { usesStacks } from "./stacks.ts";
