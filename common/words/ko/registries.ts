import type { registries as english } from "../en/registries.ts";
import type { Translated } from "../translated.ts";

export const registries: Translated<typeof english> = {
  title: "이미지와 레지스트리",
  about: "이미지가 응답하는지 검사하고, 내 레지스트리로 복사하고, 클러스터가 이미지를 받을 자격 증명을 설정합니다.",
  open: "열기…",
  close: "닫기",
  part: { images: "이미지", registries: "레지스트리", secrets: "풀 시크릿" },
  filter: "이미지 필터",
  check_other: "이미지 {{count}}개 검사",
  stopCheck: "검사 중지",
  checked: "{{all}}개 중 {{done}}개를 검사했습니다.",
  waiting: "{{host}} 레지스트리의 요청 한도(limit)에 도달했습니다. 다시 응답하는 시각: {{time}}",
  copyTo: "복사할 곳",
  copy_other: "이미지 {{count}}개 복사",
  stopCopy: "복사 중지",
  copied: "이미지 {{all}}개 중 {{done}}개가 있습니다.",
  copyAgain: "다시 복사하면 이어서 합니다. 이미 있는 것은 다시 보내지 않습니다.",
  none: "연결된 레지스트리가 없습니다. 공개 이미지에는 필요하지 않습니다.",
  storage: {
    keychain: "비밀번호는 시스템 키체인에 있습니다.",
    file: "여기에서는 시스템 키체인을 사용할 수 없습니다. 비밀번호는 데이터 폴더에 있는, 소유자만 읽을 수 있는 파일에 있습니다.",
  },
  add: "레지스트리 연결",
  kind: "타입",
  host: "주소",
  username: "사용자 이름",
  password: "비밀번호 또는 액세스 토큰",
  tokenHint: "액세스 토큰이 필요한 레지스트리가 많습니다. 레지스트리로만 보내며 이 화면으로 돌아오지 않습니다.",
  tokenCommand: "몇 시간 동안 유효합니다. 출력하는 명령: {{command}}",
  plain: "신뢰하는 네트워크에서 암호화 없이 연결",
  signIn: "로그인",
  signingIn: "로그인하는 중…",
  checkAndAdd: "검사 후 연결",
  works: "로그인됨",
  remove: "목록에서 빼기",
  secretsAbout:
    "연결된 모든 레지스트리의 자격 증명을 담은 시크릿 하나를 네임스페이스마다 씁니다. 나중에 만든 프로파일은 시크릿을 쓸 때까지 여기에 표시됩니다. 비밀번호를 바꾼 뒤에는 시크릿을 다시 쓰세요.",
  secretName: "시크릿 이름",
  lacking_other: "네임스페이스 {{all}}개 중 {{count}}개에 시크릿이 필요합니다.",
  secret: { missing: "없음", current: "최신", outdated: "오래됨" },
  accounts: "지정하지 않은 서비스어카운트: {{names}}",
  write_other: "네임스페이스 {{count}}개에 쓰기",
  writing: "쓰는 중…",
  wizard: {
    title: "이미지",
    origin: "릴리스에 지정된 레지스트리에서 받습니다",
    prefixHint:
      "레지스트리와 경로입니다. 이미지마다 하나의 이름을 사용합니다. 예: ghcr.io/dexidp/dex:v2 → ghcr.io_dexidp_dex:v2. 비워 두면 원래 레지스트리를 사용합니다.",
    secretHint:
      "비공개 레지스트리에서 파드가 사용할 시크릿의 이름입니다. 자격 증명은 Kubeflow의 이미지 화면에서 설정합니다.",
  },
  plan: {
    title_other: "다른 레지스트리에서 받는 이미지 {{count}}개",
    places_other: "오브젝트 {{count}}개",
  },
};
