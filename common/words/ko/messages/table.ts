import type { table as english } from "../../en/messages/table.ts";
import type { Translated } from "../../translated.ts";

export const table: Translated<typeof english> = {
  closed: "표가 닫혔습니다.",
  broke: "표를 관리하는 Flowdeck의 일부에서 오류가 발생했습니다: {{why}}.",
  ended: "종료 코드 {{code}}",
  kindUnserved: "{{context}} 컨텍스트의 API 서버가 {{name}} 리소스를 제공하지 않습니다.",
  notListable: "{{kind}} 오브젝트는 목록을 볼 수 없습니다. API 서버가 저장하지 않는 종류입니다.",
  mayNotList: "클러스터 전체에서도, 알려진 네임스페이스에서도 {{kind}} 목록을 볼 권한이 없습니다.",
  badPath: "열 경로 {{path}}: JSONPath가 아닙니다({{why}}).",
  pathUnreadable: "“{{rest}}”부터 읽을 수 없음",
  pathEmpty: "가리키는 필드가 없음",
  pathExample: "경로는 kubectl의 custom-columns와 같이 씁니다. 예: .spec.nodeName 또는 {{example}}.",
  gone: "이 표는 더 이상 열려 있지 않습니다.",
  viewGone: "이 보기는 더 이상 열려 있지 않습니다. 다시 여세요.",
  unreadable: "응답이 표가 아닙니다: {{beginning}}",
};
