import type { otherInstallation as english } from "../../en/messages/other-installation.ts";
import type { Translated } from "../../translated.ts";

export const otherInstallation: Translated<typeof english> = {
  belongs_other: "이 계획의 오브젝트 {{count}}개가 다른 설치에 속합니다: {{whose}}.",
  unknown: "이 클러스터에 기록이 없는 설치({{id}})",
  known: "{{title}}({{host}} 컴퓨터의 {{folder}} 폴더, {{since}}부터, {{id}})",
  objects: "오브젝트: {{names}}. 아무것도 바꾸지 않았습니다.",
  advice:
    "먼저 다른 설치를 그 폴더에서 제거하세요. 폴더가 없다면 오브젝트를 넘겨받으세요(--adopt). 그러면 이 설치에 속하게 되어 다른 설치를 제거해도 남습니다.",
};
