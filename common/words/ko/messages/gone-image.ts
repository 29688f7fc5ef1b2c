import type { goneImage as english } from "../../en/messages/gone-image.ts";
import type { Translated } from "../../translated.ts";

export const goneImage: Translated<typeof english> = {
  kfserving:
    "Google이 2022년에 gcr.io/kfserving 프로젝트를 종료했습니다. 이후 버전은 Docker Hub의 kfserving에 있습니다.",
  mlPipeline:
    "2025년에 gcr.io/ml-pipeline에서 Kubeflow Pipelines 이미지가 삭제되었습니다. 이후 버전은 ghcr.io에 있습니다.",
  arrikto: "gcr.io/arrikto 레지스트리는 2024년에 종료되었습니다.",
  kubeRbacProxy: "2026년에 gcr.io에서 삭제되었습니다. 개발팀은 이제 quay.io에 배포합니다.",
  istioRelease: "gcr.io/istio-release 프로젝트가 삭제되었습니다. Istio 릴리스는 Docker Hub에 있습니다.",
  tekton: "2025년에 gcr.io/tekton-releases에 접근할 수 없게 되었습니다. ghcr.io/tektoncd에 복사본이 있습니다.",
  sparkOperator: "취약점 때문에 gcr.io/spark-operator에서 이미지들이 삭제되었습니다. 이 이미지도 없을 수 있습니다.",
  k8sGcr: "k8s.gcr.io는 2023년부터 갱신되지 않으며 곧 종료됩니다. 그때까지는 registry.k8s.io로 자동 연결됩니다.",
  googleContainers:
    "{{registry}} 레지스트리는 더 이상 관리되지 않아 없을 수 있습니다. 모든 이미지가 registry.k8s.io에 있습니다.",
  k8scsi: "quay.io/k8scsi의 이미지는 더 이상 없습니다. 대부분의 버전이 registry.k8s.io/sig-storage에 있습니다.",
  ecr: "public.ecr.aws의 Kubeflow 저장소는 2023년에 삭제되었습니다.",
  gcr: "Google Container Registry는 2025년에 종료되었습니다. 옮기지 않은 이미지는 사라졌으며, 이 이미지도 그럴 수 있습니다.",
};
