import { type Message, message } from "../../../common/words/index.ts";

/** Images that manifests of Kubeflow 1.0 to 1.2 name and that can't be pulled from there, or may not. */
export interface GoneImageRule {
  /** Registries, folders of them, or repositories. */
  prefixes: readonly string[];
  /** Why, in one or two short sentences. "may" where nobody was found to have looked. */
  because: Message;
  /** The same image in the same version elsewhere; only where it is known to be there. */
  instead?: (image: string) => string | undefined;
  source: string;
}

/** The first rule that fits counts. */
export const goneImageRules: readonly GoneImageRule[] = [
  {
    prefixes: ["gcr.io/kfserving"],
    because: message("goneImage.kfserving"),
    source: "https://github.com/kserve/kserve/issues/2241",
  },
  {
    prefixes: ["gcr.io/ml-pipeline"],
    because: message("goneImage.mlPipeline"),
    source: "https://github.com/kubeflow/pipelines/issues/12422",
  },
  {
    prefixes: ["gcr.io/arrikto/kubeflow/oidc-authservice"],
    because: message("goneImage.arrikto"),
    instead: (image) =>
      // The only version that Kubeflow's working group is known to have copied.
      image.endsWith(":e236439") ? "docker.io/kubeflowmanifestswg/oidc-authservice:e236439" : undefined,
    source: "https://github.com/kubeflow/manifests/pull/2521",
  },
  {
    prefixes: ["gcr.io/arrikto"],
    because: message("goneImage.arrikto"),
    source: "https://github.com/kubeflow/manifests/issues/2876",
  },
  {
    prefixes: ["gcr.io/kubebuilder/kube-rbac-proxy"],
    because: message("goneImage.kubeRbacProxy"),
    instead: moved("gcr.io/kubebuilder/kube-rbac-proxy", "quay.io/brancz/kube-rbac-proxy"),
    source: "https://github.com/kubernetes-sigs/kubebuilder/discussions/3907",
  },
  {
    prefixes: ["gcr.io/istio-release"],
    because: message("goneImage.istioRelease"),
    instead: (image) =>
      // Releases only; the daily builds were not kept.
      /:\d+\.\d+\.\d+$/.test(image) ? moved("gcr.io/istio-release", "docker.io/istio")(image) : undefined,
    source: "https://github.com/kubeflow/manifests/pull/1156",
  },
  {
    prefixes: ["gcr.io/tekton-releases"],
    because: message("goneImage.tekton"),
    source: "https://github.com/tektoncd/pipeline/issues/8870",
  },
  {
    prefixes: ["gcr.io/spark-operator"],
    because: message("goneImage.sparkOperator"),
    source: "https://github.com/kubeflow/spark-operator/issues/1860",
  },
  {
    prefixes: ["k8s.gcr.io"],
    because: message("goneImage.k8sGcr"),
    instead: moved("k8s.gcr.io", "registry.k8s.io"),
    source: "https://kubernetes.io/blog/2023/03/10/image-registry-redirect/",
  },
  {
    prefixes: ["gcr.io/google_containers"],
    because: message("goneImage.googleContainers", { registry: "gcr.io/google_containers" }),
    instead: moved("gcr.io/google_containers", "registry.k8s.io"),
    source: "https://github.com/kubernetes-sigs/sig-storage-local-static-provisioner/issues/479",
  },
  {
    prefixes: ["gcr.io/google-containers"],
    because: message("goneImage.googleContainers", { registry: "gcr.io/google-containers" }),
    instead: moved("gcr.io/google-containers", "registry.k8s.io"),
    source: "https://github.com/kubernetes-sigs/sig-storage-local-static-provisioner/issues/479",
  },
  {
    prefixes: ["quay.io/k8scsi"],
    because: message("goneImage.k8scsi"),
    source: "https://github.com/ofek/csi-gcs/issues/186",
  },
  {
    prefixes: ["public.ecr.aws/j1r0q0g6"],
    because: message("goneImage.ecr"),
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
    because: message("goneImage.gcr"),
    source: "https://cloud.google.com/artifact-registry/docs/transition/prepare-gcr-shutdown",
  },
];

/** The same name and version below another address. */
function moved(from: string, to: string): (image: string) => string {
  return (image) => `${to}${image.slice(from.length)}`;
}
