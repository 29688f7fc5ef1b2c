import type { plan as english } from "../../en/messages/plan.ts";
import type { Translated } from "../../translated.ts";

export const plan: Translated<typeof english> = {
  cycle: "서로를 기다리는 오브젝트가 있습니다: {{objects}}.",
  cycleBecause: "각각 기다리는 조건: {{reasons}}.",
  noPodsBehind: "{{caller}}: 호출하는 {{service}} 서비스에 연결된 파드를 이 계획이 실행하지 않습니다.",
  noService: "{{caller}}: 호출하는 {{service}} 서비스가 계획에도 클러스터에도 없습니다.",
  chooseService: "그 서비스를 실행하는 컴포넌트도 함께 선택하세요.",
  noNamespace: "{{object}}: 속하는 {{namespace}} 네임스페이스가 계획에도 클러스터에도 없습니다.",
  chooseNamespace: "이 네임스페이스를 만드는 컴포넌트를 선택하거나, 먼저 네임스페이스를 만드세요.",
  unserved: "이 클러스터에 {{kind}} 종류가 없고 계획에도 CRD가 없습니다. 필요로 하는 오브젝트: {{object}}.",
  unservedKinds: "제공되지 않는 종류: {{kinds}}.",
  outOfDate: "계획이 더 이상 맞지 않습니다: {{why}}.",
  planAgain: "아무것도 적용하지 않았습니다. 계획을 다시 만들고 바뀌는 내용을 확인하세요.",
  notKept: "더 이상 보관되어 있지 않습니다",
  otherCluster: "컨텍스트가 이제 다른 클러스터를 가리킵니다",
  otherSettings: "설정이 바뀌었습니다",
  otherOrder: "오브젝트의 순서가 바뀌었습니다",
  otherObjects: "보여 준 것과 달라집니다({{objects}})",
  otherDecisions: "클러스터가 바뀌어 다르게 처리됩니다({{objects}})",
  objects_other: "오브젝트 {{count}}개: {{names}}",
  chooseDefiner: "그 종류를 정의하는 컴포넌트를 선택하거나, 이 쿠버네티스 버전을 위한 릴리스를 선택하세요.",
  letConvert: "KfDef를 이 클러스터에 맞게 변환하도록 설정하거나(--no-modernise 없이), 더 오래된 클러스터를 선택하세요.",
  dropApplication: "그 오브젝트가 있는 애플리케이션을 KfDef에서 빼거나, 다른 클러스터를 선택하세요.",
};
