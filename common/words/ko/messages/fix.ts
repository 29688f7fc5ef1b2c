import type { fix as english } from "../../en/messages/fix.ts";
import type { Translated } from "../../translated.ts";

export const fix: Translated<typeof english> = {
  overrideImage: "다른 이미지 쓰기",
  overrideImages: "다른 이미지 지정하기",
  viewLogs: "컨테이너의 로그 보기",
  addCapacity: "노드를 추가하거나 컴포넌트를 줄이기",
  storageClass: "기본 스토리지클래스를 만들거나 선택하기",
  continue: "이어서 하기",
  continueRemoval: "제거 이어서 하기",
  continueWaiting: "계속 기다리기",
  continueChanged: "바꾼 뒤 이어서 하기",
  adopt: "그 설치의 오브젝트 가져오기",
  nodePort: "{{port}}번 포트 쓰기",
  publishedPasswords: "공개된 비밀번호 유지",
  planAgain: "계획 다시 만들기",
  uninstall: "제거하기",
  removeOther: "그 설치 제거하기",
  forceDelete: "강제로 삭제하기",
  choosePassword: "비밀번호 정하기",
  openDashboard: "열어 보기",
  giveSecrets: "시크릿 값 입력하기",
  openClusters: "클러스터 열기",
  approveProgram: "승인하고 이 프로그램 실행하기",
};
