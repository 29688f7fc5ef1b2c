import type { upgrade as english } from "../../en/messages/upgrade.ts";
import type { Translated } from "../../translated.ts";

export const upgrade: Translated<typeof english> = {
  notInstalled: "{{folder}} 폴더에서 설치한 것이 없어 변경할 수 없습니다.",
  notInstalledWay: "먼저 이 폴더에서 설치하거나, 중단된 작업을 이어서 하세요.",
  otherKind: "설치된 {{from}} 릴리스를 {{to}} 릴리스로 변경할 수 없습니다.",
  otherKindWay: "먼저 {{from}} 릴리스를 제거하거나, 같은 종류의 릴리스를 선택하세요.",
  trying: "변경 내용을 API 서버에서 시험 적용하는 중",
  fixedField: "{{field}} 필드는 바꿀 수 없으므로 오브젝트를 삭제하고 다시 만듭니다",
  emptyDefinition: "API 서버에서 변경을 거부하며, 이 종류의 오브젝트가 없으므로 사라지는 데이터가 없습니다",
  definitionInUse_other: "삭제하면 이 종류의 오브젝트 {{count}}개가 함께 삭제되므로 다시 만들 수 없습니다: {{object}}",
  definitionInUseWay: "해당 오브젝트를 저장하고 삭제한 뒤 이어서 하세요.",
  untried: "API 서버에서 아직 시험 적용할 수 없습니다: {{why}}",
  noConsent_other: "동의 없이 삭제하고 다시 만들어야 하는 오브젝트가 {{count}}개 있습니다: {{objects}}.",
  noConsentWay: "아무것도 변경하지 않았습니다. 오브젝트마다 허용한 뒤 다시 시작하세요.",
  staysUnread: "읽을 수 없습니다",
  staysDefinition_other: "삭제하면 이 종류의 오브젝트 {{count}}개가 모두 함께 삭제됩니다",
  staysNamespace: "삭제하면 안에 있는 것이 모두 함께 삭제됩니다",
  registered: "설치된 컨트롤러가 등록한 것으로, 응답하는 서비스가 더 이상 없습니다.",
  webhookFirst: "오브젝트를 계속 만들 수 있도록, 응답하는 서비스보다 먼저 삭제합니다.",
  deleted: "{{object}} 삭제됨, 사본은 {{file}} 파일에 있습니다",
  changed: "계획에서 표시한 오브젝트와 달라졌으므로 그대로 둡니다: {{object}}",
  keptState: "이전에 설치한 상태를 {{folder}} 폴더에 저장했습니다",
  awaited: "{{object}} 삭제",
};
