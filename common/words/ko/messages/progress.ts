import type { progress as english } from "../../en/messages/progress.ts";
import type { Translated } from "../../translated.ts";

export const progress: Translated<typeof english> = {
  lookingForSources: "소스를 찾는 중",
  downloading: "{{host}} 서버에서 {{name}} 다운로드 중",
  downloadingSize: "{{host}} 서버에서 {{name}} 다운로드 중: {{received}}MB",
  downloadingOf: "{{host}} 서버에서 {{name}} 다운로드 중: {{total}}MB 중 {{received}}MB",
  unpacking: "압축 푸는 중: {{name}}",
  verified: "검증함: {{name}}",
  building_other: "컴포넌트 {{count}}개를 빌드하는 중",
  buildingOne: "빌드하는 중: {{name}}",
  built: "빌드함: {{name}}",
  allBuilt_other: "컴포넌트 {{count}}개를 빌드했습니다",
  settings: "설정을 적용하는 중",
  comparing: "클러스터와 비교하는 중",
  counting: "합계를 계산하는 중",
  planReady: "계획이 준비되었습니다",
};
