/** What is worth a warning about a cluster before something is installed there. */
export const clusterFacts = {
  versionUnsupported: "The server runs Kubernetes {{version}}; Flowdeck supports {{oldest}} to {{newest}}.",
  readOnly: "Context {{context}} is read-only in Flowdeck: nothing can be installed there.",
  noDefaultClass: "The cluster has no default StorageClass: databases would wait for their volumes forever.",
  markClass: "Mark one with the annotation {{annotation}}.",
  noNodes: "The cluster has no nodes.",
  noReadyNodes: "None of the cluster's nodes is ready.",
  podsPending: "Pods would stay Pending.",
} as const;
