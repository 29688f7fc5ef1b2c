import type { cliUsage as english } from "../../en/cli/usage.ts";
import type { Translated } from "../../translated.ts";

export const cliUsage: Translated<typeof english> = {
  missingArgument: "오류: 필요한 인자가 없습니다: {{name}}",
  missingValue: "오류: 옵션의 값이 없습니다: {{option}}",
  missingOption: "오류: 필요한 옵션이 없습니다: {{option}}",
  unknownOption: "오류: 알 수 없는 옵션입니다: {{option}}",
  unknownCommand: "오류: 알 수 없는 명령입니다: {{name}}",
  tooMany: "오류: 인자가 너무 많습니다: {{given}}",
  invalidValue: "오류: {{option}} 옵션의 값이 올바르지 않습니다: {{value}}. {{why}}",
  didYouMean: "(혹시 이것인가요? {{name}})",
  didYouMeanOne: "(혹시 이 중 하나인가요? {{names}})",
  port: "포트는 0(비어 있는 포트)부터 65535까지의 정수입니다.",
  nodes: "1부터 50까지의 정수여야 합니다.",
  whichContext: "--context 옵션으로 클러스터를 선택하세요. {{contexts}}",
  unknownContext: "“{{name}}” 컨텍스트가 없습니다. {{contexts}}",
  contextTwice: "“{{name}}” 컨텍스트가 여러 파일에 있습니다. 다음 ID 중 하나를 쓰세요: {{ids}}",
  contextsAre: "있는 컨텍스트: {{names}}.",
  noContexts:
    "컨텍스트가 없습니다. `flowdeck practice start` 명령으로 연습 클러스터를 만들거나 --kubeconfig 옵션으로 파일을 지정하세요.",
  nothingInstalled: "이 컴퓨터에서 설치한 것이 없습니다. 설치의 폴더(KF_DIR)를 지정하세요.",
  whichInstallation: "설치를 하나 선택하세요: {{folders}}",
  installationTwice: "“{{name}}” 이름의 설치가 여러 개 있습니다. 폴더를 지정하세요: {{folders}}",
  unknownRelease: "“{{id}}” 릴리스가 없습니다. 있는 릴리스: {{ids}}.",
  noVariable: "{{name}} 환경 변수가 설정되어 있지 않습니다.",
  noDex: "이 KfDef는 Dex로 로그인하지 않으므로 비밀번호를 쓰지 않습니다.",
  noKfDefRelease: "이 버전의 Flowdeck에는 KfDef 파일을 위한 릴리스가 없습니다.",
  nameOfFolder: "(폴더의 이름이 곧 설치의 이름입니다: {{folder}})",
  imageForm: "--image 옵션의 값은 FROM=TO 형식입니다. 지정한 값: {{value}}",
  fileOnly: "kfdef delete 명령에는 주소가 아니라 KF_DIR에 있는 파일을 지정하세요.",
  setting: "{{option}}: {{problem}}",
  passwordOptions: "--password-stdin 또는 --password-env",
};
