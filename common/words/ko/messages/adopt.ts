import type { adopt as english } from "../../en/messages/adopt.ts";
import type { Translated } from "../../translated.ts";

export const adopt: Translated<typeof english> = {
  comparing: "클러스터에 있는 것과 비교하는 중",
  folderUsed: "이미 다른 설치의 폴더입니다: {{folder}}",
  folderUsedWay: "다른 이름이나 다른 위치를 선택하세요.",
  nothing: "이 클러스터에는 {{release}} 릴리스의 오브젝트가 없습니다.",
  stale: "비교한 뒤에 클러스터가 바뀌었습니다.",
  staleWay: "다시 비교한 다음 가져오세요.",
};
