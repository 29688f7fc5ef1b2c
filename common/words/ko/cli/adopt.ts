import type { cliAdopt as english } from "../../en/cli/adopt.ts";
import type { Translated } from "../../translated.ts";

export const cliAdopt: Translated<typeof english> = {
  help: "다른 방법으로 설치한 Kubeflow를 그대로 폴더에 가져오기. --yes 옵션이 없으면 비교만 함",
  release: "비교할 릴리스. 없으면 가장 잘 맞는 릴리스를 찾음",
  is: "{{title}}: 워크로드 {{percent}}%의 이미지가 릴리스와 같습니다.",
  objects_other:
    "오브젝트 {{count}}개를 지금 그대로 설치에 포함합니다. 그중 {{differing}}개는 릴리스와 다르며 다른 채로 둡니다.",
  absent_other: "릴리스의 오브젝트 {{count}}개는 클러스터에 없으며 만들지 않습니다.",
  secret_other: "비밀 값이 있는 오브젝트 {{count}}개는 건드리지 않습니다.",
  definition_other: "릴리스와 다른 CRD {{count}}개는 건드리지 않습니다.",
  changes_other: "바꾸지 않고는 가져올 수 없는 오브젝트 {{count}}개는 건드리지 않습니다.",
  other_other: "다른 설치의 오브젝트 {{count}}개는 건드리지 않습니다.",
  useYes: "가져오려면 --yes 옵션을 쓰세요. 오브젝트에 Flowdeck 레이블을 붙일 뿐 다른 것은 바뀌지 않습니다.",
};
