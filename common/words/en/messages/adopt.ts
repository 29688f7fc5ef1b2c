/** Taking in a Kubeflow that something else installed. */
export const adopt = {
  comparing: "Comparing with what is in the cluster",
  folderUsed: "{{folder}} already is an installation's folder.",
  folderUsedWay: "Choose another name, or another place for the folder.",
  nothing: "Nothing of {{release}} is in this cluster.",
  stale: "The cluster has changed since it was compared.",
  staleWay: "Compare again, then adopt it.",
} as const;
