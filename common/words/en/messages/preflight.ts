/** What speaks against installing a plan on a cluster, before anything is applied. */
export const preflight = {
  oldVersion: "The cluster runs Kubernetes {{version}}; this release is made for {{minimum}} and later.",
  noStorageClass:
    "The cluster has no default StorageClass, and {{count}} volume claims need one ({{example}} and others).",
  storageClasses: "It has {{names}}: make one of them the default.",
  staysPending: "Pods that use them would stay Pending until there is one.",
  foreign: "{{name}} is in this cluster already and was not installed by Flowdeck here ({{count}} objects).",
  foreignAdvice:
    "Its objects are brought up to this release where nobody else owns the fields, and they stay when this installation is removed.",
  cpu: "The components ask for {{wanted}} CPU; {{free}} are free.",
  memory: "The components ask for {{wanted}} GiB of memory; {{free}} are free.",
  preempting:
    "To make room, Kubernetes may evict running pods with a lower priority: these components use the PriorityClass {{names}}.",
  preemptingAdvice: "Pods without a PriorityClass have priority 0. Make room first if none of them may be evicted.",
  goneImages: "{{count}} images of this KfDef can no longer be pulled: {{names}}.",
  andMore: "{{names}} and {{count}} more",
  goneImagesAdvice:
    "Pods that need them will not start. Name other images in their place; the rest is installed all the same.",
} as const;
