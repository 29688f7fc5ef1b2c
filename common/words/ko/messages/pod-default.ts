import type { podDefault as english } from "../../en/messages/pod-default.ts";
import type { Translated } from "../../translated.ts";

export const podDefault: Translated<typeof english> = {
  notServed: "이 클러스터에는 PodDefault가 없습니다. Kubeflow PodDefaults 웹훅이 설치되어 있지 않습니다.",
  name: "“{{name}}” 이름은 PodDefault에 쓸 수 없습니다.",
  nameWay: "소문자, 숫자, 하이픈을 63자까지 쓸 수 있습니다. 파드가 PodDefault를 요청할 때 쓰는 레이블도 이 이름입니다.",
  noVariables: "변수가 없습니다. 한 줄에 하나씩 NAME=value 형식으로 입력하세요.",
  variable: "{{line}}번째 줄이 NAME=value 형식이 아닙니다.",
  noSecret: "{{namespace}} 네임스페이스에 시크릿이 없습니다: {{secret}}",
  noSecretWay: "시크릿을 먼저 만드세요. 없는 시크릿을 쓰는 파드는 시작하지 못합니다.",
  secretName: "“{{secret}}” 이름은 시크릿에 쓸 수 없습니다.",
  path: "“{{path}}” 경로에는 파일을 둘 수 없습니다. /etc/credentials 같은 경로를 입력하세요.",
  missing: "{{namespace}} 네임스페이스에 PodDefault가 없습니다: {{name}}",
};
