export { isAlive } from "./lock.ts";
export { createTools, type ToolsSettings } from "./tools.ts";
export type { Command, ToolboxOptions, ToolProgress, Tools } from "./types.ts";
