export type { TerminalInstallation } from "./local.ts";
export { serveTerminal } from "./serve.ts";
export { ShellSessions, type ShellSessionsOptions } from "./sessions.ts";
