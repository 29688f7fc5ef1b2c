import type { externalSignIn as english } from "../../en/messages/external-sign-in.ts";
import type { Translated } from "../../translated.ts";

export const externalSignIn: Translated<typeof english> = {
  noProvider: "로그인할 인증 서버를 알 수 없습니다.",
  noProviderWay: "발급자(issuer), 클라이언트 ID, 리디렉션 주소를 입력하세요.",
  noSecret: "인증 서버의 클라이언트 시크릿을 알 수 없습니다.",
  noSecretWay: "인증 서버가 이 클라이언트에 표시하는 시크릿을 입력하세요.",
  config: "{{issuer}} 인증 서버에서 {{client}} 클라이언트로 로그인합니다. Dex는 설치하지 않습니다.",
  verified: "인증 서버의 인증서를 검증합니다.",
  trusts: "게이트웨이는 {{issuer}} 인증 서버가 {{client}} 클라이언트에 발급한 토큰만 받아들입니다.",
  closed: "Dex 경로의 예외가 더 이상 필요하지 않습니다.",
};
