/** Why an image can no longer be pulled from where a KfDef's manifests name it. */
export const goneImage = {
  kfserving: "Google took the project gcr.io/kfserving down in 2022. Docker Hub's kfserving has later versions.",
  mlPipeline: "Kubeflow Pipelines' images were removed from gcr.io/ml-pipeline in 2025. Later versions are on ghcr.io.",
  arrikto: "The registry gcr.io/arrikto was closed in 2024.",
  kubeRbacProxy: "Removed from gcr.io in 2026. Its authors publish on quay.io.",
  istioRelease: "The project gcr.io/istio-release was deleted. Istio's releases are on Docker Hub.",
  tekton: "Access to gcr.io/tekton-releases was removed in 2025. They were copied to ghcr.io/tektoncd.",
  sparkOperator: "Images were removed from gcr.io/spark-operator for their vulnerabilities; this one may be gone.",
  k8sGcr: "k8s.gcr.io is frozen since 2023 and will be shut down. It forwards to registry.k8s.io until then.",
  googleContainers: "{{registry}} is no longer kept up and may be gone. registry.k8s.io has all its images.",
  k8scsi: "Images of quay.io/k8scsi are no longer there. registry.k8s.io/sig-storage has most of their versions.",
  ecr: "Kubeflow's repository on public.ecr.aws was removed in 2023.",
  gcr: "Google Container Registry was shut down in 2025; images that nobody moved are gone, and this one may be.",
} as const;
