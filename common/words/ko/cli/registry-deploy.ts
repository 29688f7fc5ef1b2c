import type {
  cliRegistryDeploy as english,
  cliRegistryFile as englishFile,
  cliRegistryStep as englishStep,
} from "../../en/cli/registry-deploy.ts";
import type { Translated } from "../../translated.ts";

export const cliRegistryDeploy: Translated<typeof english> = {
  deploy: "클러스터에서 레지스트리를 실행합니다. 계획을 표시하고, --yes 옵션을 주면 배포합니다",
  deployed: "클러스터에 있는 레지스트리와 노드에 필요한 설정을 표시합니다",
  delete: "클러스터에서 레지스트리를 삭제합니다. --confirm 옵션이 없으면 삭제할 것을 표시합니다",
  name: "레지스트리의 이름. 기본값은 registry",
  namespace: "레지스트리 전용 네임스페이스. 기본값은 flowdeck-registry",
  host: "노드가 접속할 DNS 이름이나 주소. 기본값은 노드의 주소",
  nodePort: "모든 노드의 포트, 30000부터 32767까지. 기본값은 31500",
  size: "볼륨의 크기. 기본값은 50Gi",
  storageClass: "볼륨의 스토리지클래스. 기본값은 클러스터의 기본 클래스",
  issuer: "cert-manager의 이 ClusterIssuer가 발급한 인증서를 사용합니다. 기본값은 Flowdeck에서 만드는 CA",
  noTls: "TLS 없이 실행합니다. 신뢰하는 네트워크에서만 사용하세요",
  image: "Docker 레지스트리의 다른 이미지",
  wrong: "{{field}} 값이 올바르지 않습니다.",
  tlsTwice: "--issuer 옵션과 --no-tls 옵션 중 하나만 사용하세요.",
  unapplied: "--yes 옵션을 주면 레지스트리를 배포합니다.",
  unchanged: "레지스트리가 이미 이렇게 배포되어 있습니다.",
  headNodes: "노드용 주소",
  headPods: "파드용 주소",
  ready: "실행 중",
  starting: "시작하는 중",
  none: "이 클러스터에 Flowdeck에서 배포한 레지스트리가 없습니다.",
  nodes: "{{version}} 노드 {{nodes}}:",
  which: "네임스페이스와 이름. 예: flowdeck-registry/registry",
  confirm: "삭제할 레지스트리의 이름",
  keepData: "이미지가 있는 볼륨을 남깁니다",
  data: "모든 이미지가 있는 PVC {{claim}} ({{size}})도 삭제합니다. 남기려면 --keep-data 옵션을 사용하세요.",
  pulledBy_other: "이 레지스트리의 이미지를 사용하는 파드 {{count}}개가 클러스터에 있습니다.",
  unconfirmed: "--confirm {{name}} 옵션을 주면 삭제합니다.",
  done_other: "오브젝트 {{count}}개를 삭제했습니다.",
  stays: "삭제하지 않은 것: {{objects}}",
};

export const cliRegistryStep: Translated<typeof englishStep> = {
  check: "계획 검사",
  certificate: "인증서와 비밀번호 생성",
  write: "오브젝트 생성",
  start: "실행될 때까지 대기",
  connect: "로그인",
};

export const cliRegistryFile: Translated<typeof englishFile> = {
  write: "  {{path}} 파일에 쓰기:",
  add: "  {{path}} 파일에 추가:",
};
