export type { TerminalInstallation } from "./local.ts";
export { serveTerminal } from "./serve.ts";
export { TerminalSessions, type TerminalSessionsOptions } from "./sessions.ts";
