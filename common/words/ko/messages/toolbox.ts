import type { toolbox as english } from "../../en/messages/toolbox.ts";
import type { Translated } from "../../translated.ts";

export const toolbox: Translated<typeof english> = {
  notProgram: "FLOWDECK_TOOLBOX에 지정된 {{file}} 파일은 실행 파일이 아닙니다.",
  correctVariable: "변수를 고치거나 지우세요.",
  goMissing: "연습 클러스터의 실행 파일을 한 번 빌드해야 하는데 Go가 설치되어 있지 않습니다.",
  installGo:
    "터미널에서 `go version`이 실행되도록 Go 1.26 이상(https://go.dev/dl/)을 설치한 뒤 다시 시도하세요. 이미 있는 클러스터를 쓸 때는 필요 없습니다.",
  noSources:
    "이 Flowdeck에는 연습 클러스터의 실행 파일도 그 소스도 없습니다. FLOWDECK_TOOLBOX에 실행 파일을 지정하거나 Flowdeck을 다시 설치하세요.",
  notListed: "Go가 실행 파일을 빌드하는 데 필요한 모듈을 모두 찾지는 못했습니다.",
  notBuilt: "Go가 실행 파일을 빌드하지 못했습니다.",
  waiting: "다른 Flowdeck이 실행 파일을 빌드하고 있어 대기 중",
  looking: "실행 파일에 필요한 Go 모듈 확인하는 중",
  downloading: "Go 모듈 다운로드하는 중: {{number}}개({{module}})",
  compiling: "실행 파일 컴파일하는 중: 패키지 {{total}}개",
  compilingOf: "실행 파일 컴파일하는 중: 패키지 {{total}}개 중 {{done}}개",
  linking: "실행 파일 링크하는 중",
};
