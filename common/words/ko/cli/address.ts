import type {
  cliAddress as english,
  cliAddressStep as englishSteps,
  cliAddressWay as englishWays,
} from "../../en/cli/address.ts";
import type { Translated } from "../../translated.ts";

export const cliAddress: Translated<typeof english> = {
  help: "대시보드 접속 방법을 표시하고, 확인하고, 바꿉니다",
  show: "대시보드 접속 방법과 응답 여부를 표시합니다",
  verify: "대시보드가 응답할 때까지 기다리고, 응답하지 않으면 실패합니다",
  set: "대시보드 접속 방법을 바꿉니다. --yes가 없으면 바뀌는 것만 표시합니다",
  timeout: "기다릴 시간(초)",
  way: "대시보드에 접속하는 방법: {{ways}}",
  nodePort: "노드의 포트, 30000에서 32767까지 (--way nodePort일 때 {{port}})",
  host: "사람들이 브라우저에 입력할 이름",
  ingressClass: "인그레스의 클래스",
  gateway: "Kubeflow로 연결할 Gateway API의 게이트웨이",
  tls: "인증서: {{kinds}}",
  tlsCert: "인증서와 발급자 인증서가 들어 있는 파일(PEM)",
  tlsKey: "개인 키 파일(PEM)",
  acmeEmail: "ACME 서버가 연락할 이메일 주소",
  acmeServer: "production, staging 또는 디렉터리의 https 주소",
  bothFiles: "--tls-cert와 --tls-key는 함께 써야 합니다.",
  noWay: "--way nodePort처럼 대시보드에 접속할 방법을 지정하세요.",
  useYes: "바꾸려면 --yes를 쓰세요.",
  noTime: "클러스터에서 제한 시간 안에 접속 방법을 확인하지 못했습니다.",
  answers: "✓ {{ms}}ms 만에 응답",
  answersSignIn: "✓ {{ms}}ms 만에 로그인 화면으로 응답",
  certificate: "발급자 {{issuer}}, 유효 기간 {{date}}까지",
  issued: "인증서가 발급되었습니다.",
  dnsRight: "✓ {{name}} 이름이 이곳을 가리킵니다",
  done: "✓ 접속 방법을 바꿨습니다.",
  notAwaited: "접속 방법을 바꿨습니다. 파드를 기다리거나 주소를 확인하지는 않았습니다.",
};

export const cliAddressWay: Translated<typeof englishWays> = {
  forward: "포트 포워딩으로 이 컴퓨터에서만",
  nodePort: "모든 노드의 포트로",
  loadBalancer: "로드 밸런서로",
  ingress: "인그레스로",
  gateway: "게이트웨이로",
};

export const cliAddressStep: Translated<typeof englishSteps> = {
  check: "확인하는 중",
  try: "API 서버에서 시험하는 중",
  apply: "바꾸는 중",
  undo: "되돌리는 중",
  record: "폴더에 기록하는 중",
  rollout: "파드를 기다리는 중",
  verify: "주소를 확인하는 중",
};
