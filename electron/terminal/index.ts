export type { TerminalInstallation } from "./local.ts";
export { type PodCommand, type PodCommandResult, runInPod } from "./run-in-pod.ts";
export { ShellSessions, type ShellSessionsOptions } from "./sessions.ts";
