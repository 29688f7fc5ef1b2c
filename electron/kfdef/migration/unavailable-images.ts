import type { Words } from "../../../common/contract/index.ts";

/** Images that manifests of Kubeflow 1.0 to 1.2 name and that can't be pulled from there, or may not. */
export interface GoneImageRule {
  /** Registries, folders of them, or repositories. */
  prefixes: readonly string[];
  /** Why, in one or two short sentences. "may" where nobody was found to have looked. */
  because: Words;
  /** The same image in the same version elsewhere; only where it is known to be there. */
  instead?: (image: string) => string | undefined;
  source: string;
}

/** The first rule that fits counts. */
export const goneImageRules: readonly GoneImageRule[] = [
  {
    prefixes: ["gcr.io/kfserving"],
    because: {
      en: "Google took the project gcr.io/kfserving down in 2022. Docker Hub's kfserving has later versions.",
      ko: "구글이 2022년에 gcr.io/kfserving 프로젝트를 내렸습니다. 이후 버전은 Docker Hub의 kfserving에 있습니다.",
    },
    source: "https://github.com/kserve/kserve/issues/2241",
  },
  {
    prefixes: ["gcr.io/ml-pipeline"],
    because: {
      en: "Kubeflow Pipelines' images were removed from gcr.io/ml-pipeline in 2025. Later versions are on ghcr.io.",
      ko: "2025년에 gcr.io/ml-pipeline에서 Kubeflow Pipelines 이미지가 삭제되었습니다. 이후 버전은 ghcr.io에 있습니다.",
    },
    source: "https://github.com/kubeflow/pipelines/issues/12422",
  },
  {
    prefixes: ["gcr.io/arrikto/kubeflow/oidc-authservice"],
    because: {
      en: "The registry gcr.io/arrikto was closed in 2024.",
      ko: "gcr.io/arrikto 레지스트리는 2024년에 닫혔습니다.",
    },
    instead: (image) =>
      // The only version that Kubeflow's working group is known to have copied.
      image.endsWith(":e236439") ? "docker.io/kubeflowmanifestswg/oidc-authservice:e236439" : undefined,
    source: "https://github.com/kubeflow/manifests/pull/2521",
  },
  {
    prefixes: ["gcr.io/arrikto"],
    because: {
      en: "The registry gcr.io/arrikto was closed in 2024.",
      ko: "gcr.io/arrikto 레지스트리는 2024년에 닫혔습니다.",
    },
    source: "https://github.com/kubeflow/manifests/issues/2876",
  },
  {
    prefixes: ["gcr.io/kubebuilder/kube-rbac-proxy"],
    because: {
      en: "Removed from gcr.io in 2026. Its authors publish on quay.io.",
      ko: "2026년에 gcr.io에서 삭제되었습니다. 만든 이들은 quay.io에 배포합니다.",
    },
    instead: moved("gcr.io/kubebuilder/kube-rbac-proxy", "quay.io/brancz/kube-rbac-proxy"),
    source: "https://github.com/kubernetes-sigs/kubebuilder/discussions/3907",
  },
  {
    prefixes: ["gcr.io/istio-release"],
    because: {
      en: "The project gcr.io/istio-release was deleted. Istio's releases are on Docker Hub.",
      ko: "gcr.io/istio-release 프로젝트가 삭제되었습니다. Istio 릴리스는 Docker Hub에 있습니다.",
    },
    instead: (image) =>
      // Releases only; the daily builds were not kept.
      /:\d+\.\d+\.\d+$/.test(image) ? moved("gcr.io/istio-release", "docker.io/istio")(image) : undefined,
    source: "https://github.com/kubeflow/manifests/pull/1156",
  },
  {
    prefixes: ["gcr.io/tekton-releases"],
    because: {
      en: "Access to gcr.io/tekton-releases was removed in 2025. They were copied to ghcr.io/tektoncd.",
      ko: "2025년에 gcr.io/tekton-releases에 접근할 수 없게 되었습니다. ghcr.io/tektoncd에 복사본이 있습니다.",
    },
    source: "https://github.com/tektoncd/pipeline/issues/8870",
  },
  {
    prefixes: ["gcr.io/spark-operator"],
    because: {
      en: "Images were removed from gcr.io/spark-operator for their vulnerabilities; this one may be gone.",
      ko: "취약점 때문에 gcr.io/spark-operator에서 이미지들이 삭제되었습니다. 이 이미지도 없을 수 있습니다.",
    },
    source: "https://github.com/kubeflow/spark-operator/issues/1860",
  },
  {
    prefixes: ["k8s.gcr.io"],
    because: {
      en: "k8s.gcr.io is frozen since 2023 and will be shut down. It forwards to registry.k8s.io until then.",
      ko: "k8s.gcr.io는 2023년부터 갱신되지 않으며 곧 종료됩니다. 그때까지는 registry.k8s.io로 넘겨 줍니다.",
    },
    instead: moved("k8s.gcr.io", "registry.k8s.io"),
    source: "https://kubernetes.io/blog/2023/03/10/image-registry-redirect/",
  },
  {
    prefixes: ["gcr.io/google_containers"],
    because: {
      en: "gcr.io/google_containers is no longer kept up and may be gone. registry.k8s.io has all its images.",
      ko: "gcr.io/google_containers는 더 이상 관리되지 않아 없을 수 있습니다. 모든 이미지가 registry.k8s.io에 있습니다.",
    },
    instead: moved("gcr.io/google_containers", "registry.k8s.io"),
    source: "https://github.com/kubernetes-sigs/sig-storage-local-static-provisioner/issues/479",
  },
  {
    prefixes: ["gcr.io/google-containers"],
    because: {
      en: "gcr.io/google-containers is no longer kept up and may be gone. registry.k8s.io has all its images.",
      ko: "gcr.io/google-containers는 더 이상 관리되지 않아 없을 수 있습니다. 모든 이미지가 registry.k8s.io에 있습니다.",
    },
    instead: moved("gcr.io/google-containers", "registry.k8s.io"),
    source: "https://github.com/kubernetes-sigs/sig-storage-local-static-provisioner/issues/479",
  },
  {
    prefixes: ["quay.io/k8scsi"],
    because: {
      en: "Images of quay.io/k8scsi are no longer there. registry.k8s.io/sig-storage has most of their versions.",
      ko: "quay.io/k8scsi의 이미지는 더 이상 없습니다. 대부분의 버전이 registry.k8s.io/sig-storage에 있습니다.",
    },
    source: "https://github.com/ofek/csi-gcs/issues/186",
  },
  {
    prefixes: ["public.ecr.aws/j1r0q0g6"],
    because: {
      en: "Kubeflow's repository on public.ecr.aws was removed in 2023.",
      ko: "public.ecr.aws의 Kubeflow 저장소는 2023년에 삭제되었습니다.",
    },
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
    because: {
      en: "Google Container Registry was shut down in 2025; images that nobody moved are gone, and this one may be.",
      ko: "Google Container Registry는 2025년에 종료되었습니다. 옮기지 않은 이미지는 사라졌으며, 이 이미지도 그럴 수 있습니다.",
    },
    source: "https://cloud.google.com/artifact-registry/docs/transition/prepare-gcr-shutdown",
  },
];

/** The same name and version below another address. */
function moved(from: string, to: string): (image: string) => string {
  return (image) => `${to}${image.slice(from.length)}`;
}
