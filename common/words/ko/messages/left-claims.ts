import type { leftClaims as english } from "../../en/messages/left-claims.ts";
import type { Translated } from "../../translated.ts";

export const leftClaims: Translated<typeof english> = {
  found_other:
    "이전 설치의 데이터베이스 볼륨 {{count}}개가 남아 있으며, 처음 시작할 때의 비밀번호를 그대로 사용합니다: {{names}}.",
  delete: "빈 데이터베이스로 시작하려면 볼륨을 삭제한 뒤 계획을 다시 만드세요: `{{commands}}`",
  ownFolder: "Flowdeck으로 설치했던 데이터를 유지하려면, 설치했던 컴퓨터에서 그 설치의 폴더로 설치하세요.",
  published:
    "Kubeflow가 공개한 비밀번호를 사용하던 설치의 데이터를 유지하려면, 공개된 비밀번호를 유지하세요(--published-passwords).",
};
