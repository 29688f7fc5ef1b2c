export { type AppOptions, addAppOptions, type RawAppOptions, readAppOptions } from "./app-options.ts";
export { openLogFile } from "./log-file.ts";
export { serveApp } from "./serve.ts";
