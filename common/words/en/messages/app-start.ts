/** What the app needs before it can start. */
export const appStart = {
  dataFolderUnusable: "The data folder {{path}} cannot be used.",
  chooseDataFolder: "The reason: {{why}}. Choose another with --data-dir or FLOWDECK_DATA_DIR.",
  mirrorUnusable: "The mirror {{path}} cannot be used.",
  leaveMirrorOut: "sources.json in it: {{why}}. Leave --mirror and FLOWDECK_MIRROR out to use the network.",
  kubeconfigUnreadable: "The kubeconfig {{path}} cannot be read.",
  giveKubeconfig: "The reason: {{why}}. Give the path of a kubeconfig file to --kubeconfig.",
  notFile: "it is not a file",
  missing: "it does not exist",
  mayNotUse: "you do not have permission to use it",
  readOnlyDisk: "it is on a read-only disk",
  diskFull: "the disk is full",
  partIsFile: "a part of its path is a file",
  fileOfName: "there is a file of that name",
} as const;
