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
};
