import type { call as english } from "../../en/messages/call.ts";
import type { Translated } from "../../translated.ts";

export const call: Translated<typeof english> = {
  cancelled: "취소되었습니다.",
  internal: "앱 내부 오류: {{words}}",
  noMethod: "이 버전의 앱에 “{{name}}” 요청이 없습니다.",
  noStream: "이 버전의 앱에 “{{name}}” 스트림이 없습니다.",
  invalidInput: "{{name}} 요청의 입력이 올바르지 않습니다: {{problems}}",
  tooManyStreams: "스트림이 너무 많이 열려 있거나 이미 쓰이는 번호입니다.",
  signedOut: "이 페이지를 열 수 없습니다. 세션이 끝났거나 아직 시작되지 않았습니다.",
  openLink: "`npm start`를 다시 실행하거나, 실행 중인 터미널에서 Enter를 누른 뒤 출력되는 링크를 여세요.",
};
