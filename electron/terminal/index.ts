export type { TerminalInstallation } from "./local.ts";
export { ShellSessions, type ShellSessionsOptions } from "./sessions.ts";
