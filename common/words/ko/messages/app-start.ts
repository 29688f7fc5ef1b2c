import type { appStart as english } from "../../en/messages/app-start.ts";
import type { Translated } from "../../translated.ts";

export const appStart: Translated<typeof english> = {
  dataFolderUnusable: "데이터 폴더 {{path}}: 사용할 수 없습니다.",
  chooseDataFolder: "이유: {{why}}. --data-dir 또는 FLOWDECK_DATA_DIR로 다른 폴더를 지정하세요.",
  mirrorUnusable: "미러 {{path}}: 사용할 수 없습니다.",
  leaveMirrorOut: "그 안의 sources.json: {{why}}. 네트워크를 쓰려면 --mirror와 FLOWDECK_MIRROR를 빼세요.",
  kubeconfigUnreadable: "kubeconfig {{path}}: 읽을 수 없습니다.",
  giveKubeconfig: "이유: {{why}}. --kubeconfig에 kubeconfig 파일의 경로를 지정하세요.",
  notFile: "파일이 아닙니다",
  missing: "없습니다",
  mayNotUse: "사용할 권한이 없습니다",
  readOnlyDisk: "읽기 전용 디스크에 있습니다",
  diskFull: "디스크가 가득 찼습니다",
  partIsFile: "경로의 일부가 파일입니다",
  fileOfName: "같은 이름의 파일이 있습니다",
};
