/** Images that manifests of Kubeflow 1.0 to 1.2 name and that can't be pulled from there, or may not. */
export interface GoneImageRule {
  /** Registries, folders of them, or repositories. */
  prefixes: readonly string[];
  /** Why, in one or two short sentences. "may" where nobody was found to have looked. */
  because: string;
  /** The same image in the same version elsewhere; only where it is known to be there. */
  instead?: (image: string) => string | undefined;
  source: string;
}

/** The first rule that fits counts. */
export const goneImageRules: readonly GoneImageRule[] = [
  {
    prefixes: ["gcr.io/kfserving"],
    because: "Google took the project gcr.io/kfserving down in 2022. Docker Hub's kfserving has later versions.",
    source: "https://github.com/kserve/kserve/issues/2241",
  },
  {
    prefixes: ["gcr.io/ml-pipeline"],
    because: "Kubeflow Pipelines' images were removed from gcr.io/ml-pipeline in 2025. Later versions are on ghcr.io.",
    source: "https://github.com/kubeflow/pipelines/issues/12422",
  },
  {
    prefixes: ["gcr.io/arrikto/kubeflow/oidc-authservice"],
    because: "The registry gcr.io/arrikto was closed in 2024.",
    instead: (image) =>
      // The only version that Kubeflow's working group is known to have copied.
      image.endsWith(":e236439") ? "docker.io/kubeflowmanifestswg/oidc-authservice:e236439" : undefined,
    source: "https://github.com/kubeflow/manifests/pull/2521",
  },
  {
    prefixes: ["gcr.io/arrikto"],
    because: "The registry gcr.io/arrikto was closed in 2024.",
    source: "https://github.com/kubeflow/manifests/issues/2876",
  },
  {
    prefixes: ["gcr.io/kubebuilder/kube-rbac-proxy"],
    because: "Removed from gcr.io in 2026. Its authors publish on quay.io.",
    instead: moved("gcr.io/kubebuilder/kube-rbac-proxy", "quay.io/brancz/kube-rbac-proxy"),
    source: "https://github.com/kubernetes-sigs/kubebuilder/discussions/3907",
  },
  {
    prefixes: ["gcr.io/istio-release"],
    because: "The project gcr.io/istio-release was deleted. Istio's releases are on Docker Hub.",
    instead: (image) =>
      // Releases only; the daily builds were not kept.
      /:\d+\.\d+\.\d+$/.test(image) ? moved("gcr.io/istio-release", "docker.io/istio")(image) : undefined,
    source: "https://github.com/kubeflow/manifests/pull/1156",
  },
  {
    prefixes: ["gcr.io/tekton-releases"],
    because: "Access to gcr.io/tekton-releases was removed in 2025. They were copied to ghcr.io/tektoncd.",
    source: "https://github.com/tektoncd/pipeline/issues/8870",
  },
  {
    prefixes: ["gcr.io/spark-operator"],
    because: "Images were removed from gcr.io/spark-operator for their vulnerabilities; this one may be gone.",
    source: "https://github.com/kubeflow/spark-operator/issues/1860",
  },
  {
    prefixes: ["k8s.gcr.io"],
    because: "k8s.gcr.io is frozen since 2023 and will be shut down. It forwards to registry.k8s.io until then.",
    instead: moved("k8s.gcr.io", "registry.k8s.io"),
    source: "https://kubernetes.io/blog/2023/03/10/image-registry-redirect/",
  },
  {
    prefixes: ["gcr.io/google_containers"],
    because: "gcr.io/google_containers is no longer kept up and may be gone. registry.k8s.io has all its images.",
    instead: moved("gcr.io/google_containers", "registry.k8s.io"),
    source: "https://github.com/kubernetes-sigs/sig-storage-local-static-provisioner/issues/479",
  },
  {
    prefixes: ["gcr.io/google-containers"],
    because: "gcr.io/google-containers is no longer kept up and may be gone. registry.k8s.io has all its images.",
    instead: moved("gcr.io/google-containers", "registry.k8s.io"),
    source: "https://github.com/kubernetes-sigs/sig-storage-local-static-provisioner/issues/479",
  },
  {
    prefixes: ["quay.io/k8scsi"],
    because: "Images of quay.io/k8scsi are no longer there. registry.k8s.io/sig-storage has most of their versions.",
    source: "https://github.com/ofek/csi-gcs/issues/186",
  },
  {
    prefixes: ["public.ecr.aws/j1r0q0g6"],
    because: "Kubeflow's repository on public.ecr.aws was removed in 2023.",
    source: "https://github.com/kubeflow/kubeflow/issues/7293",
  },
  {
    prefixes: [
      "gcr.io/kubeflow-images-public",
      "gcr.io/kubeflow-images-staging",
      "gcr.io/cloud-solutions-group",
      "gcr.io/stackdriver-prometheus",
      "gcr.io/tekton-nightly",
    ],
    because: "Google Container Registry was shut down in 2025; images that nobody moved are gone, and this one may be.",
    source: "https://cloud.google.com/artifact-registry/docs/transition/prepare-gcr-shutdown",
  },
];

/** The same name and version below another address. */
function moved(from: string, to: string): (image: string) => string {
  return (image) => `${to}${image.slice(from.length)}`;
}
