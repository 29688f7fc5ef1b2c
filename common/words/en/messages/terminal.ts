/** Shells in pods and on this computer. */
export const terminal = {
  appEnding: "Flowdeck is quitting.",
  tooMany: "{{count}} shells are open.",
  closeSome: "Close some of their tabs first.",
  inputLost: "Some of what was typed did not arrive.",
  notInstallation: "{{folder}} is not the folder of an installation.",
  ended: "This shell has ended with the app it ran in.",
  podMissing: "Pod {{pod}} no longer exists.",
  objectMissing: "{{object}} no longer exists.",
  noSelector: "{{object}} has no selector that says which pods are its own.",
  noRunningPod: "{{object}} has no running pod now.",
  noContainer: "Pod {{pod}} has no container {{container}}.",
  containers: "It has: {{containers}}",
  notStarted: "The shell {{shell}} could not be started.",
  noPty: "Local terminals need node-pty, whose program for this computer is missing.",
  podShellsWork: "Shells into pods work without it.",
  folderMissing: "The folder {{folder}} no longer exists.",
  needsFolder: "A terminal needs a folder to start in.",
  noShell: "Container {{container}} of Pod {{pod}} has no shell in its image.",
  debugContainer:
    'Images without a shell ("distroless") are looked into with a debug container beside them: {{command}}',
  containerEnded: "The container ended it.",
} as const;
