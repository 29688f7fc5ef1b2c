import type { unmet as english } from "../../en/messages/unmet.ts";
import type { Translated } from "../../translated.ts";

export const unmet: Translated<typeof english> = {
  notApplied: "아직 적용되지 않았습니다: {{object}}",
  notAppliedMore: "아직 적용되지 않았습니다: {{object}} 외 {{more}}개",
  ofObject: "{{object}}: {{why}}",
  unlisted: "API 서버의 목록에 아직 {{kind}} 종류가 없습니다",
  unseen: "아직 확인되지 않았습니다: {{object}}",
  noEndpoint: "{{service}} 서비스에 준비된 파드가 없습니다",
  notMade: "아직 만들어지지 않았습니다: {{object}}",
  noDryRun: "아직 시험 적용에 응답하지 않았습니다",
};
