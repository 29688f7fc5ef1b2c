import type { connectorProblem as english } from "../../en/messages/connector-problem.ts";
import type { Translated } from "../../translated.ts";

export const connectorProblem: Translated<typeof english> = {
  empty: "값을 입력하세요.",
  url: "http:// 또는 https://로 시작하는 주소를 입력하세요.",
  dollar: "Dex는 $와 그 뒤의 글자를 다른 값으로 바꿉니다. $가 없는 값을 쓰세요.",
  line: "한 줄로 입력하세요.",
  pem: "PEM 형식의 인증서를 붙여 넣으세요.",
  host: "호스트네임이나 IP 주소를 입력하세요. 기본 포트가 아니면 포트도 적으세요.",
  long: "값이 너무 깁니다.",
};
