/** Whether nodes have room for an installation. */
export const nodeFit = {
  oldVersion: "runs Kubernetes {{version}}; needs {{minimum}} or later",
  noNodes: "there are no nodes",
  gpus: "for notebooks and training",
  imagesLack: "{{count}} of {{of}} images have no {{architecture}} build",
  architecture: "{{architecture}} nodes; the images are built for {{needed}}",
  taint: "the taint {{taint}} keeps Kubeflow's pods away",
  aloneMemory: "{{name}} alone needs {{wanted}} of {{free}} GiB",
  aloneCpu: "{{name}} alone needs {{wanted}} of {{free}} CPU",
  overCpu: "Kubeflow requests {{wanted}} CPU; pods can have {{free}}",
  overMemory: "Kubeflow requests {{wanted}} GiB of memory; pods can have {{free}}",
  overPods: "Kubeflow runs {{wanted}} pods; the nodes take {{free}}",
  mostCpu: "uses {{wanted}} of {{free}} CPU",
  mostMemory: "uses {{wanted}} of {{free}} GiB of memory",
  mostPods: "uses {{wanted}} of {{free}} pods",
  grow: "has to add nodes for {{pods}} pods",
  takesAll: "takes all {{pods}} pods",
} as const;
