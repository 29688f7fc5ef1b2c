import type { holds as english } from "../../en/messages/holds.ts";
import type { Translated } from "../../translated.ts";

export const holds: Translated<typeof english> = {
  cleanUp: "API 서버가 이 종류의 오브젝트를 삭제하지 못했습니다: {{words}}",
  noReason: "이유가 기록되지 않았습니다",
  finalizers: "등록한 컨트롤러가 아직 해제하지 않은 파이널라이저가 있습니다: {{names}}",
  notRemoved: "API 서버가 아직 삭제하지 않았습니다",
};
