/** What speaks against installing a plan on a cluster, before anything is applied. */
export const preflight = {
  oldVersion: "The cluster runs Kubernetes {{version}}; this release is made for {{minimum}} or later.",
  noStorageClass_one:
    "The cluster has no default StorageClass, and {{count}} PersistentVolumeClaim needs one ({{example}}).",
  noStorageClass_other:
    "The cluster has no default StorageClass, and {{count}} PersistentVolumeClaims need one ({{example}} and others).",
  ebsDriver: "This EKS cluster has no EBS CSI driver, so {{claims}} can't get a volume from the StorageClass {{name}}.",
  ebsDriverNoClass: "This EKS cluster has no EBS CSI driver, so {{claims}} can't get a volume.",
  claims_one: "{{count}} PersistentVolumeClaim",
  claims_other: "{{count}} PersistentVolumeClaims",
  ebsDriverAdvice:
    "Install the add-on, then plan again: `aws eks create-addon --cluster-name CLUSTER --addon-name aws-ebs-csi-driver`. Its service account needs the policy AmazonEBSCSIDriverPolicy.",
  storageClasses: "It has {{names}}. Make one of them the default.",
  staysPending: "Pods that use them will stay Pending until there is one.",
  foreign_one: "{{name}} already exists in this cluster and was not installed by Flowdeck here ({{count}} object).",
  foreign_other: "{{name}} already exists in this cluster and was not installed by Flowdeck here ({{count}} objects).",
  foreignAdvice:
    "Its objects are updated to this release where no one else owns the fields, and they stay when this installation is uninstalled.",
  cpu: "The components request {{wanted}} CPU, but only {{free}} CPU is available.",
  memory: "The components request {{wanted}} GiB of memory, but only {{free}} GiB is available.",
  nodes: "No node fits: {{because}}.",
  preempting:
    "To make room, Kubernetes may evict running pods with a lower priority: these components use the PriorityClass {{names}}.",
  preemptingAdvice:
    "Pods without a PriorityClass have priority 0. If none of them may be evicted, free up resources first.",
  goneImages_one: "{{count}} image of this KfDef can no longer be pulled: {{names}}.",
  goneImages_other: "{{count}} images of this KfDef can no longer be pulled: {{names}}.",
  andMore: "{{names}} and {{count}} more",
  goneImagesAdvice: "Pods that need them will not start. Choose replacements; everything else is installed anyway.",
} as const;
