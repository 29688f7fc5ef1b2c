import type { edit as english } from "../../en/messages/edit.ts";
import type { Translated } from "../../translated.ts";

export const edit: Translated<typeof english> = {
  resourceUnknown: "클러스터에 {{name}} 리소스가 없습니다.",
  noSchema: "API 서버가 {{kind}} 스키마를 제공하지 않습니다.",
  nothingThere: "텍스트에 내용이 없습니다.",
  oneObject: "오브젝트는 한 번에 하나만 편집할 수 있습니다.",
  noNamespace: "네임스페이스에 속하지 않는 오브젝트이므로 {{path}} 필드는 쓸 수 없습니다.",
  mustStay:
    "{{path}} 필드의 값은 {{value}} 그대로여야 합니다. 어떤 오브젝트인지 나타내는 값입니다. 다른 오브젝트는 YAML로 새로 만드세요.",
  replaced: "편집하는 동안 {{object}} 오브젝트가 삭제되고 다시 만들어졌습니다. 지금 있는 것은 다른 오브젝트입니다.",
  keptByServer: "API 서버가 바꾸지 않는 필드: {{path}}",
  apiVersionMissing: "apiVersion 필드가 없습니다. 종류가 속한 API를 적으세요(예: apps/v1).",
  kindMissing: "kind 필드가 없습니다. 만들 종류를 적으세요(예: Deployment).",
  nameMissing: "metadata.name 필드가 없습니다.",
  notNumber: "오브젝트에 넣을 수 없는 수입니다: {{value}}. 텍스트라면 따옴표로 감싸세요.",
  notCharacter: "문자가 아닌 값(서로게이트 쌍의 반쪽)이 있습니다.",
  hiddenMoved: "{{path}} 필드에 숨긴 값의 자리표시자가 있습니다. data 아래에 그대로 두거나 값을 직접 적으세요.",
  hiddenLost: "{{path}} 필드의 자리표시자에 해당하는 값이 없습니다. 값을 base64로 직접 적으세요.",
  unknownField: "이 종류에 없는 필드입니다",
  duplicateField: "두 번 적은 필드입니다",
  wrongType: "{{wanted}} 자리에 다른 타입이 있습니다: {{given}}",
  typeInteger: "정수",
  typeNumber: "숫자",
  typeBoolean: "true 또는 false",
  typeText: "텍스트(따옴표로 묶음)",
  typeList: "목록",
  typeMap: "맵",
};
