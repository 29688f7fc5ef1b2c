import type { copy as english } from "../../en/messages/copy.ts";
import type { Translated } from "../../translated.ts";

export const copy: Translated<typeof english> = {
  isLink: "{{path}}: {{target}} 경로를 가리키는 링크입니다. 링크가 가리키는 파일을 복사하세요.",
  notFile: "{{path}}: 파일도 폴더도 아닙니다.",
  nothing: "{{container}} 컨테이너의 tar가 {{path}} 경로에서 아무것도 출력하지 않았습니다.",
  noTar: "{{container}} 컨테이너의 이미지에 파일 복사에 필요한 tar가 없습니다.",
  inObject: "위치: {{object}}.",
  missing: "{{path}}: {{object}}의 {{container}} 컨테이너에 없습니다.",
  tarFailed: "{{object}}의 {{container}} 컨테이너에서 tar가 실패했습니다.",
  tarFailedWith: "{{object}}의 {{container}} 컨테이너에서 tar가 실패했습니다(종료 코드 {{code}}).",
  leadsOut: "{{path}}: {{folder}} 폴더 밖을 가리킵니다.",
  tooManyBytes: "파일의 크기보다 많은 바이트를 받았습니다.",
  endedEarly: "{{path}}: {{bytes}}바이트가 모자랍니다. 읽는 동안 파일이 바뀌었습니다.",
  notFolder: "{{folder}}: {{object}}의 {{container}} 컨테이너에 있는 폴더가 아닙니다.",
  ended: "이 복사는 끝났거나, 다음 데이터를 너무 오래 기다렸습니다.",
};
