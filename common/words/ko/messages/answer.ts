import type { answer as english } from "../../en/messages/answer.ts";
import type { Translated } from "../../translated.ts";

export const answer: Translated<typeof english> = {
  noPage: "이 페이지가 없습니다.",
  failed: "Flowdeck이 이 요청에 응답하지 못했습니다.",
  refused: "거부되었습니다. 이 주소는 실행한 사용자의 Flowdeck 페이지만 제공합니다.",
  otherProgram: "거부되었습니다.",
  readOnly: "페이지는 읽기만 할 수 있습니다.",
  callsArePosts: "호출은 POST로 보내야 합니다.",
};
