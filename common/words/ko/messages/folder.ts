import type { folder as english } from "../../en/messages/folder.ts";
import type { Translated } from "../../translated.ts";

export const folder: Translated<typeof english> = {
  notName: "“{{name}}”: 설치 폴더 안의 이름으로 쓸 수 없습니다.",
  refused: "{{path}}: {{what}}.",
  tooBig: "{{size}} kB보다 큽니다",
  fileForFolder: "폴더가 있어야 할 자리에 파일이 있습니다",
  folderForFile: "파일이 있어야 할 자리에 폴더가 있습니다",
  hardLink: "다른 곳에 다른 이름이 또 있는 파일(하드 링크)입니다",
  link: "다른 곳을 가리키는 링크입니다",
  neither: "파일도 폴더도 아닙니다",
  plainOnly:
    "다른 사람에게 받은 폴더가 다른 곳을 건드리지 못하도록, Flowdeck은 설치 폴더 안에서 일반 파일만 읽고 쓰고 삭제합니다. 그것을 옮기거나 그 자리에 일반 파일을 둔 뒤 다시 시도하세요.",
  missing: "폴더가 없습니다: {{path}}",
  makeOrChoose: "폴더를 만들거나(mkdir -p {{path}}) 다른 폴더를 선택하세요.",
  isFile: "폴더가 아니라 파일입니다: {{path}}",
  chooseFolder: "폴더를 선택하세요.",
  otherNameOrMove: "설치 이름을 바꾸거나 그 파일을 다른 곳으로 옮기세요.",
  unreadable: "읽을 수 없습니다: {{path}} ({{why}})",
  checkOwner: "소유자를 확인하세요.",
  otherThings: "{{path}} 폴더에 다른 파일이 있습니다({{names}}).",
  needsOwn: "설치마다 전용 폴더가 필요합니다. 다른 이름이나 다른 위치를 선택하세요.",
  notWritable: "{{path}} 폴더에 쓸 수 없습니다.",
  notWritableBecause: "{{path}} 폴더에 쓸 수 없습니다({{why}}).",
  otherPlaceOrRights: "다른 위치를 선택하거나 쓰기 권한을 얻으세요.",
  checkFolder: "폴더와 소유자를 확인하세요.",
};
