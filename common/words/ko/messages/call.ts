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
  noBridge: "이 창에서 쓸 수 없는 요청입니다: {{name}}",
  unknownAnswer: "이 페이지 뒤의 프로그램이 알 수 없는 형식으로 응답했습니다.",
  noAnswer: "Flowdeck이 응답하지 않습니다.",
  startAgain: "이 페이지 뒤의 프로그램이 끝났거나 연결할 수 없습니다. `npm start` 명령으로 다시 시작하세요.",
  notJsonType: "요청의 입력은 application/json 형식으로 보내야 합니다.",
  inputTooLong: "요청의 입력은 {{bytes}}바이트까지 보낼 수 있습니다.",
  notJson: "요청의 입력이 JSON이 아닙니다.",
  ownPageOnly: "Flowdeck의 페이지만 할 수 있는 요청입니다.",
  openLink: "`npm start`를 다시 실행하거나, 실행 중인 터미널에서 Enter를 누른 뒤 출력되는 링크를 여세요.",
};
