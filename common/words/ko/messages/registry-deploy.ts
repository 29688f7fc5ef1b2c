import type { registryDeploy as english, registryNodes as englishNodes } from "../../en/messages/registry-deploy.ts";
import type { Translated } from "../../translated.ts";

export const registryDeploy: Translated<typeof english> = {
  namespaceTaken: "`{{namespace}}` 네임스페이스가 이미 있고, Flowdeck에서 만든 것이 아닙니다.",
  namespaceTakenWay: "다른 네임스페이스를 선택하세요. 레지스트리에는 전용 네임스페이스가 필요합니다.",
  namespaceEnding: "`{{namespace}}` 네임스페이스를 아직 삭제하는 중입니다. 잠시 뒤에 다시 시도하세요.",
  noAddress: "주소가 있는 노드가 없습니다.",
  noAddressWay: "노드에 접속할 수 있는 이름이나 주소를 입력하세요.",
  noClass: "`{{name}}` 스토리지클래스가 없습니다.",
  noClassWay: "다음 중에서 선택하세요: {{names}}",
  noDefaultClass:
    "클러스터에 기본 스토리지클래스가 없습니다. 볼륨을 만들어야 레지스트리가 시작됩니다. 스토리지클래스를 선택하거나 볼륨을 만드세요.",
  plain:
    "TLS가 없으면 네트워크에서 비밀번호와 이미지를 읽을 수 있고, 모든 노드에서 이를 허용해야 합니다. 신뢰하는 네트워크에서만 사용하세요.",
  oneNode:
    "`{{node}}` 노드의 주소를 사용합니다. 이 노드를 제거하면 다른 주소를 선택할 때까지 이미지를 받을 수 없습니다. DNS 이름을 입력하면 이 문제가 없습니다.",
  cloud:
    "이 클러스터의 노드는 클라우드가 교체하며, 새 노드에는 이전 노드에서 설정한 내용이 없습니다. 클라우드의 레지스트리를 사용하면 노드를 설정할 필요가 없습니다.",
  nodesFirst: "“노드 설정”에 따라 설정한 노드만 `{{host}}` 주소에서 이미지를 받을 수 있습니다.",
  stale: "계획을 만든 뒤에 클러스터나 설정이 바뀌었습니다. 아무것도 변경하지 않았습니다.",
  staleWay: "새 계획을 확인한 뒤 다시 배포하세요.",
  late: "`{{name}}` 레지스트리가 10분 안에 시작되지 않았습니다.",
  lateWay:
    "원인을 찾을 수 있도록 만든 것을 클러스터에 그대로 두었습니다. 원인을 해결하고 다시 배포하거나 레지스트리를 삭제하세요.",
  undone: "변경한 내용을 모두 되돌렸습니다.",
  notUndone: "되돌리지 못한 오브젝트: {{objects}}. 확인한 뒤 필요하지 않으면 삭제하세요.",
  running: "레지스트리가 `{{host}}` 주소에서 실행되고 있습니다.",
  connected: "이 컴퓨터에서 `{{host}}` 레지스트리에 로그인할 수 있습니다. 이제 이미지를 복사할 수 있습니다.",
  unreached:
    "이 컴퓨터에서 `{{host}}` 레지스트리에 로그인할 수 없습니다: {{why}} 비밀번호는 저장되어 있고, 노드에서는 접속할 수 있을지도 모릅니다. 이미지는 노드에 접속할 수 있는 컴퓨터에서 복사하세요.",
  notConfirmed: "이 레지스트리를 삭제하려면 `{{name}}` 이름을 입력하세요.",
  notThere: "`{{namespace}}` 네임스페이스에 Flowdeck에서 배포한 `{{name}}` 레지스트리가 없습니다.",
};

export const registryNodes: Translated<typeof englishNodes> = {
  trusted: "노드가 인증서 발급자를 신뢰한다면 할 일이 없습니다.",
  authorityLater: "CA 인증서는 레지스트리를 배포할 때 만들며, 배포한 뒤 여기에 표시됩니다.",
  configPath:
    "config.toml 파일에 `config_path` 설정이 없을 때만 추가하세요. config.toml 파일을 바꾼 경우에만 containerd를 다시 시작하세요.",
  oneByOne: "노드를 하나씩 차례로 다시 시작하세요.",
  kind: "파일을 저장하고 같은 폴더에서 명령을 실행하세요. kind 0.27 이상에서 동작합니다. Podman에서는 `docker` 대신 `podman` 명령을 사용하세요.",
  minikube: "minikube가 시작할 때 파일을 노드로 복사합니다.",
  minikubePlain:
    "minikube는 클러스터를 만들 때만 TLS 없는 레지스트리를 허용하므로, 이 방법은 클러스터 안의 모든 것을 삭제합니다. TLS를 사용하면 클러스터를 새로 만들 필요가 없습니다.",
  other: "이 노드의 런타임을 알 수 없습니다. CA 인증서를 신뢰하도록 설정하는 방법은 런타임의 문서를 참고하세요.",
};
