export type { TerminalInstallation } from "./local.ts";
export type { ProgramTerminal } from "./program-terminal.ts";
export { serveTerminal, terminalSessions } from "./serve.ts";
export { TerminalSessions, type TerminalSessionsOptions } from "./sessions.ts";
