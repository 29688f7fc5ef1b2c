export { createDispatch, type Dispatch } from "./dispatch.ts";
export type { HostLog } from "./log.ts";
export { startLinkMs } from "./session.ts";
export type { Backend, Served } from "./types.ts";
export { startLinkPath, startWebHost, type WebHost, type WebHostOptions } from "./web.ts";
