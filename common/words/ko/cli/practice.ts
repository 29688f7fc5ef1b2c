import type { cliPractice as english } from "../../en/cli/practice.ts";
import type { Translated } from "../../translated.ts";

export const cliPractice: Translated<typeof english> = {
  server: "연습 클러스터",
  started: "✓ 연습 클러스터가 실행 중입니다: 쿠버네티스 {{version}}, {{nodes}}.",
  stopWith: "중지하려면: {{command}}",
  nodes_other: "시뮬레이션 노드 {{count}}개",
  absent: "연습 클러스터가 아직 없습니다.",
  stopped: "연습 클러스터가 중지되어 있습니다. 안에 있는 것은 보관되어 있습니다.",
  starting: "연습 클러스터를 시작하는 중입니다.",
  running: "연습 클러스터가 실행 중입니다: 쿠버네티스 {{version}}, 주소 {{server}}, {{nodes}}.",
  stopping: "연습 클러스터를 중지하는 중입니다.",
  failed: "연습 클러스터에 문제가 생겼습니다.",
  failedBecause: "연습 클러스터에 문제가 생겼습니다: {{why}}.",
  cancelled: "취소되었습니다. 연습 클러스터가 실행 중이 아닙니다.",
};
