import type { nodeFit as english } from "../../en/messages/node-fit.ts";
import type { Translated } from "../../translated.ts";

export const nodeFit: Translated<typeof english> = {
  oldVersion: "쿠버네티스 {{version}} 버전, {{minimum}} 이상 필요",
  noNodes: "노드가 없음",
  gpus: "노트북과 학습용",
  imagesLack: "이미지 {{of}}개 중 {{count}}개에 {{architecture}}용이 없음",
  architecture: "노드 아키텍처: {{architecture}}, 이미지 아키텍처: {{needed}}",
  taint: "테인트 때문에 Kubeflow 파드를 배치할 수 없음: {{taint}}",
  aloneMemory: "{{name}} 파드 하나에 필요한 메모리 {{wanted}}GiB, 노드의 메모리 {{free}}GiB",
  aloneCpu: "{{name}} 파드 하나에 필요한 CPU {{wanted}}개, 노드의 CPU {{free}}개",
  overCpu: "Kubeflow가 요청하는 CPU {{wanted}}개, 파드가 쓸 수 있는 CPU {{free}}개",
  overMemory: "Kubeflow가 요청하는 메모리 {{wanted}}GiB, 파드가 쓸 수 있는 메모리 {{free}}GiB",
  overPods: "Kubeflow 파드 {{wanted}}개, 노드에 배치할 수 있는 파드 {{free}}개",
  mostCpu: "CPU {{free}}개 중 {{wanted}}개 사용",
  mostMemory: "메모리 {{free}}GiB 중 {{wanted}}GiB 사용",
  mostPods: "파드 {{free}}개 중 {{wanted}}개 사용",
  grow: "파드 {{pods}}개를 배치하려면 노드를 늘려야 함",
  takesAll: "파드 {{pods}}개를 모두 배치할 수 있음",
};
