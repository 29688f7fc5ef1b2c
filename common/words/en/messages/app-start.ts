/** What the app needs before it can start. */
export const appStart = {
  dataFolderUnusable: "The data folder {{path}} can't be used.",
  chooseDataFolder: "The reason: {{why}}. Choose another folder with --data-dir or FLOWDECK_DATA_DIR.",
  mirrorUnusable: "The mirror {{path}} can't be used.",
  leaveMirrorOut: "Its sources.json: {{why}}. To use the network, start without --mirror and FLOWDECK_MIRROR.",
  kubeconfigUnreadable: "The kubeconfig {{path}} can't be read.",
  giveKubeconfig: "The reason: {{why}}. Pass the path of a kubeconfig file to --kubeconfig.",
  notFile: "it is not a file",
  missing: "it does not exist",
  mayNotUse: "you do not have permission to use it",
  readOnlyDisk: "it is on a read-only disk",
  diskFull: "the disk is full",
  partIsFile: "part of its path is a file",
  fileOfName: "a file with that name exists",
} as const;
