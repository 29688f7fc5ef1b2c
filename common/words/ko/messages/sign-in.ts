import type { signIn as english } from "../../en/messages/sign-in.ts";
import type { Translated } from "../../translated.ts";

export const signIn: Translated<typeof english> = {
  providerRemoved:
    "{{context}} 컨텍스트가 로그인에 쓰는 인증 공급자(auth provider) “{{provider}}” 기능은 쿠버네티스 1.26에서 없어졌습니다.",
  writeAgain: "클라우드의 도구로 kubeconfig를 다시 만드세요. 자격 증명 프로그램이 대신 지정됩니다.",
  fileUnreadable: "{{file}} 파일의 {{context}} 컨텍스트에 지정된 {{field}} 파일을 읽을 수 없습니다: {{path}}.",
  credentialsUnusable: "{{file}} 파일의 {{context}} 컨텍스트 자격 증명을 사용할 수 없습니다.",
  addressUnusable: "{{context}} 컨텍스트의 주소나 프록시를 사용할 수 없습니다: {{server}}.",
  programMissing: "{{context}} 컨텍스트가 로그인에 쓰는 {{program}} 프로그램이 이 컴퓨터의 PATH에 없습니다.",
  needsApproval: "{{context}} 컨텍스트로 로그인하려면 아직 승인하지 않은 프로그램을 이 컴퓨터에서 실행해야 합니다.",
  programFailed: "{{context}} 컨텍스트의 자격 증명 프로그램이 실패했습니다({{program}}): {{why}}.",
  noJson: "JSON을 출력하지 않았습니다",
  noStatus: "status가 있는 ExecCredential을 출력하지 않았습니다",
  noCredentials: "토큰도, 키가 있는 클라이언트 인증서도 출력하지 않았습니다",
  notStarted: "시작하지 못했습니다",
  tooMuch: "1 MiB보다 많이 출력했습니다",
  killed: "{{signal}} 신호로 종료되었습니다(제한 시간 {{seconds}}초)",
  exited: "종료 코드 {{code}}",
  oidcFailed: "{{context}} 컨텍스트가 OpenID Connect로 로그인하지 못했습니다.",
  oidcExpired: "id-token이 만료되었고, 갱신에 필요한 refresh-token, client-id 또는 idp-issuer-url이 없습니다.",
  oidcNotRenewed: "{{issuer}} 주소에서 id-token을 갱신하지 못했습니다.",
};
