import type { drift as english } from "../../en/messages/drift.ts";
import type { Translated } from "../../translated.ts";

export const drift: Translated<typeof english> = {
  notApplied: "이 설치가 적용한 오브젝트가 아닙니다: {{object}}",
  nothingRendered: "무엇을 적용했는지 기록이 없는 폴더입니다: {{folder}}",
  nothingRenderedAdvice: "이 폴더에서 다시 설치하면 그 뒤로 바뀐 것을 비교할 수 있습니다.",
  secretMissing: "클러스터에도 이 컴퓨터에도 없는 비밀 값이 있는 오브젝트입니다: {{object}}",
  secretMissingAdvice: "설치했던 컴퓨터에서 다시 설치하면 값을 새로 씁니다.",
};
