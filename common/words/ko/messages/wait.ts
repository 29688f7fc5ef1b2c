import type { wait as english } from "../../en/messages/wait.ts";
import type { Translated } from "../../translated.ts";

export const wait: Translated<typeof english> = {
  installation: "설치",
  removal: "제거",
  acceptance: "API 서버가 받아들이기",
  pod: "{{name}} 파드",
  podBecause: "{{name}} 파드: {{why}}",
  application: "{{name}} 애플리케이션",
  nextApplication: "다음 애플리케이션(모두 {{number}}개)",
  objectsOf: "{{component}} 컴포넌트의 오브젝트 {{number}}개",
  objectsOfMany: "컴포넌트 {{components}}개의 오브젝트 {{number}}개",
  gone: "{{object}} 삭제",
  unfollowed: "삭제되는지 확인할 수 없습니다: {{why}}",
};
