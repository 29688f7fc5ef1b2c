import type { accessTrouble as english } from "../../en/messages/access-trouble.ts";
import type { Translated } from "../../translated.ts";

export const accessTrouble: Translated<typeof english> = {
  rejected: "API 서버가 자격 증명을 거부합니다: {{words}}",
  execFailed: "자격 증명 프로그램이 실패했습니다: {{words}}",
  execUnapproved: "자격 증명 프로그램이 승인되지 않았습니다: {{words}}",
  forbidden: "요청할 권한이 없습니다: {{words}}",
  unreachable: "API 서버가 응답하지 않습니다: {{words}}",
  untrusted: "API 서버의 인증서를 신뢰할 수 없습니다: {{words}}",
  other: "API 서버에 요청할 수 없습니다: {{words}}",
};
