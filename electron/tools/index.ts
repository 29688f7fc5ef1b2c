export { isAlive } from "./lock.ts";
export { type Start, startOf } from "./start.ts";
export { createTools, type ToolsSettings } from "./tools.ts";
export type { Command, ToolboxOptions, ToolProgress, Tools } from "./types.ts";
