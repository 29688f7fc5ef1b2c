export { type BuildTreeInput, type BuiltTree, buildTree } from "./build-tree.ts";
export { choicesOf } from "./choices.ts";
export { placeRepo, type RepoSources } from "./repos.ts";
