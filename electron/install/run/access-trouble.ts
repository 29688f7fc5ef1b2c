import { type ErrorCode, toAppError, type Words } from "../../../common/contract/index.ts";

const phrases: Partial<Record<ErrorCode, Words>> = {
  "credentials-rejected": { en: "the API server rejects the credentials", ko: "API 서버가 자격 증명을 거부함" },
  "exec-failed": { en: "the credential program failed", ko: "자격 증명 프로그램이 실패함" },
  "exec-needs-approval": { en: "the credential program is not approved", ko: "자격 증명 프로그램이 승인되지 않음" },
  forbidden: { en: "the request is not allowed", ko: "요청할 권한이 없음" },
  "cluster-unreachable": { en: "the API server does not answer", ko: "API 서버가 응답하지 않음" },
  "cluster-untrusted": { en: "the API server's certificate is not trusted", ko: "API 서버의 인증서를 신뢰할 수 없음" },
};

/** Why a request could not be answered, short enough to stand behind "because". */
export function accessWords(error: unknown): Words {
  const { code, message } = toAppError(error);
  const { en, ko } = phrases[code] ?? { en: "the API server can't be asked", ko: "API 서버에 요청할 수 없음" };
  const words = message.replace(/\s+/g, " ").replace(/\.$/, "");
  return { en: `${en}: ${words}`, ko: `${ko}: ${words}` };
}
