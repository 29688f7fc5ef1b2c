import type { appWindow as english } from "../../en/messages/app-window.ts";
import type { Translated } from "../../translated.ts";

export const appWindow: Translated<typeof english> = {
  installing: "설치가 진행 중입니다: {{title}} ({{folder}})",
  removing: "제거가 진행 중입니다: {{title}} ({{folder}})",
  continuesLater: "다음에 시작하면 멈춘 곳에서 이어서 할 수 있습니다.",
  keepRunning: "계속 실행",
  quit: "종료",
  notStarted: "Flowdeck을 시작하지 못했습니다",
};
