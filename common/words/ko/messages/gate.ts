import type { gate as english } from "../../en/messages/gate.ts";
import type { Translated } from "../../translated.ts";

export const gate: Translated<typeof english> = {
  applied: "{{object}} 적용됨",
  configuration: "{{component}} 컴포넌트의 설정 적용됨",
  checked: "{{webhook}} 웹훅의 검사 대상 오브젝트 적용됨",
  application: "{{title}} 애플리케이션 적용됨",
  kindServed: "{{kind}}({{version}}) 종류 등록됨",
  definitionsServed: "{{component}} 컴포넌트의 CRD 등록됨",
  ready: "{{object}} 준비됨",
  endpoint: "{{service}} 서비스에 준비된 엔드포인트 있음",
  exists: "{{object}} 생성됨",
  accepts: "{{webhook}} 웹훅 응답({{object}} 시험 적용)",
  timeUp_other: "{{count}}분이 지났지만 아직 갖추어지지 않은 조건입니다: {{gate}}.",
  hopeless: "{{object}} 오브젝트가 적용되지 않아 갖추어질 수 없는 조건입니다: {{gate}}.",
};
