import type { clusterFacts as english } from "../../en/messages/cluster-facts.ts";
import type { Translated } from "../../translated.ts";

export const clusterFacts: Translated<typeof english> = {
  versionUnsupported: "서버는 쿠버네티스 {{version}} 버전이며, Flowdeck은 {{oldest}}~{{newest}} 버전을 지원합니다.",
  readOnly: "{{context}} 컨텍스트는 Flowdeck에서 읽기 전용이므로 설치할 수 없습니다.",
  noDefaultClass: "클러스터에 기본 스토리지클래스가 없어서, 데이터베이스가 볼륨을 끝없이 기다리게 됩니다.",
  markClass: "스토리지클래스 하나에 {{annotation}} 어노테이션을 추가하세요.",
  noNodes: "클러스터에 노드가 없습니다.",
  noReadyNodes: "클러스터에 준비된 노드가 없습니다.",
  podsPending: "파드가 Pending 상태에 머무르게 됩니다.",
};
