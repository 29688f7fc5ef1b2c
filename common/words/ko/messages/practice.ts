import type { practice as english } from "../../en/messages/practice.ts";
import type { Translated } from "../../translated.ts";

export const practice: Translated<typeof english> = {
  folderUnusable: "연습 클러스터에 {{folder}} 폴더가 필요합니다.",
  somethingElse: "이 경로에 다른 것이 있습니다.",
  refused: "연습 클러스터가 요청을 거부했습니다.",
  refusedBecause: "연습 클러스터가 요청을 거부했습니다: {{words}}",
  reported: "연습 클러스터 오류: {{words}}",
  notRunning: "연습 클러스터가 실행 중이 아닙니다.",
  failed: "연습 클러스터에 문제가 생겼습니다.",
  stoppedWhileStarting: "연습 클러스터가 시작되는 동안 중지되었습니다.",
  didNotStop: "연습 클러스터(프로세스 {{pid}})가 중지되지 않았습니다.",
  logsIn: "로그 폴더: {{folder}}.",
  notStarted: "연습 클러스터의 관리 프로그램이 시작되지 않았습니다.",
  wroteNothing: "출력한 내용이 없습니다.",
  stepToolbox: "실행 파일 준비하는 중",
  stepCertificates: "인증서 만드는 중",
  stepEtcd: "etcd 시작하는 중",
  stepApiServer: "API 서버 시작하는 중",
  stepControllers: "컨트롤러와 스케줄러 시작하는 중",
  stepNodes: "노드 추가하는 중",
  stepReady: "준비 완료",
  stopped: "연습 클러스터를 중지했습니다. 안에 있는 것은 다음에 시작할 때까지 보관합니다.",
  runsOn: "연습 클러스터는 전처럼 계속 실행됩니다. 중지하려면 `flowdeck practice stop` 명령을 실행하세요.",
};
