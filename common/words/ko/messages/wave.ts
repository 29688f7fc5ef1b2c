import type { wave as english } from "../../en/messages/wave.ts";
import type { Translated } from "../../translated.ts";

export const wave: Translated<typeof english> = {
  namespaces: "네임스페이스와 프라이어리티클래스(PriorityClass)",
  definitions: "CRD(사용자 정의 리소스의 정의)",
  configuration: "설정, 권한, 서비스, 볼륨",
  configurationGate: "네임스페이스가 있어야 합니다",
  foundations: "다른 컴포넌트가 먼저 필요로 하는 워크로드",
  foundationsGate: "컴포넌트의 설정이 적용되어 있어야 합니다",
  certificates: "인증서와 발급자",
  certificatesGate: "인증서를 검사하는 웹훅이 시험 적용(dry run)을 통과시켜야 합니다",
  customResources: "사용자 정의 리소스",
  customResourcesGate:
    "CRD가 등록되어 있어야 합니다. 첫 설치에서는 웹훅보다 먼저, 그 밖에는 웹훅이 시험 적용(dry run)을 통과시킨 뒤에 적용합니다",
  workloads: "워크로드",
  workloadsGate: "설정이 적용되고, 인증서가 발급되고, 사이드카를 주입할 수 있어야 합니다",
  webhooks: "어드미션 웹훅",
  webhooksGate: "각 웹훅의 서비스에 준비된 엔드포인트가 있어야 합니다",
  profiles: "사용자 프로파일(Profile)",
  profilesGate: "새 네임스페이스의 파드에 사이드카가 주입될 수 있어야 합니다",
  verification: "확인",
  verificationGate: "모든 워크로드가 사용 가능하고 모든 파드가 실행 중이어야 합니다",
};
