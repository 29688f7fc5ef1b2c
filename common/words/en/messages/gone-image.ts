/** Why an image can no longer be pulled from where a KfDef's manifests name it. */
export const goneImage = {
  kfserving: "Google shut down the project gcr.io/kfserving in 2022. Docker Hub's kfserving has later versions.",
  mlPipeline: "Kubeflow Pipelines' images were removed from gcr.io/ml-pipeline in 2025. Later versions are on ghcr.io.",
  arrikto: "The registry gcr.io/arrikto was closed in 2024.",
  kubeRbacProxy: "Removed from gcr.io in 2026. Its authors now publish on quay.io.",
  istioRelease: "The project gcr.io/istio-release was deleted. Istio's releases are on Docker Hub.",
  tekton: "Access to gcr.io/tekton-releases was removed in 2025. Its images were copied to ghcr.io/tektoncd.",
  sparkOperator:
    "Images were removed from gcr.io/spark-operator because of vulnerabilities; this one may no longer exist.",
  k8sGcr: "k8s.gcr.io has been frozen since 2023 and will be shut down. Until then it redirects to registry.k8s.io.",
  googleContainers: "{{registry}} is no longer maintained and may be unavailable. registry.k8s.io has all its images.",
  k8scsi: "The images of quay.io/k8scsi no longer exist. registry.k8s.io/sig-storage has most of their versions.",
  ecr: "Kubeflow's repository on public.ecr.aws was removed in 2023.",
  gcr: "Google Container Registry was shut down in 2025. Images that were not moved no longer exist; this may be one.",
} as const;
