import type { exec as english } from "../../en/messages/exec.ts";
import type { Translated } from "../../translated.ts";

export const exec: Translated<typeof english> = {
  noStatus: "명령이 종료 상태를 남기지 않고 끝났습니다.",
  notRun: "명령을 실행하지 못했습니다.",
  inputUnread: "명령이 입력을 다 읽기 전에 끝났습니다.",
  tooMuch: "{{pod}} 파드의 {{command}} 명령이 {{limit}} MiB보다 많이 출력해서 중단했습니다.",
  connectionBroke: "{{pod}} 파드에서 실행 중이던 {{command}} 명령과의 연결이 끊겼습니다.",
  notRunOnNode: "노드가 {{pod}} 파드에서 {{command}} 명령을 실행하지 못했습니다.",
};
