import type { verify as english } from "../../en/messages/verify.ts";
import type { Translated } from "../../translated.ts";

export const verify: Translated<typeof english> = {
  noAnswer: "모두 실행 중이지만 시작 페이지가 제대로 응답하지 않습니다({{service}} 서비스, 포트 {{port}}).",
  status: "응답 상태 코드: {{status}}.",
  broken: "포트 포워딩 연결이 실패했습니다: {{why}}.",
};
