export { type AppOptions, addAppOptions, type RawAppOptions, readAppOptions } from "./app-options.ts";
export { languageOf } from "./language.ts";
export { LocalizedCommand } from "./localized-command.ts";
export { openLogFile } from "./log-file.ts";
export { serveApp } from "./serve.ts";
