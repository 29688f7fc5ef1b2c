import type { flowdeckFile as english } from "../../en/messages/flowdeck-file.ts";
import type { Translated } from "../../translated.ts";

export const flowdeckFile: Translated<typeof english> = {
  invalid: "{{file}} 파일의 {{line}}번째 줄: {{why}}",
  advice: "그 줄을 고치거나 git에서 이전 버전의 파일로 되돌리세요.",
  notYaml: "YAML이 아닙니다({{words}}).",
  alias: "이 파일에는 별칭을 쓸 수 없습니다(*{{name}}).",
  twice: "“{{key}}” 키가 두 번 있습니다.",
  value: "{{path}}: {{words}}.",
  wholeFile: "파일",
  notAsItShould: "올바르지 않습니다",
  otherName: "name 값은 “{{name}}”인데 폴더 이름은 “{{folder}}”입니다. 둘이 같아야 합니다.",
};
