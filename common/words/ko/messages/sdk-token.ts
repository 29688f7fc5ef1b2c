import type { sdkToken as english } from "../../en/messages/sdk-token.ts";
import type { Translated } from "../../translated.ts";

export const sdkToken: Translated<typeof english> = {
  badProfile: "“{{profile}}” 값은 프로파일의 이름이 될 수 없습니다.",
  noAnswer: "API 서버가 {{profile}} 프로파일의 토큰을 반환하지 않았습니다.",
  forbidden: "{{profile}} 네임스페이스에서 토큰을 생성할 권한이 없습니다.",
  forbiddenWay: "{{profile}} 네임스페이스의 serviceaccounts/token 생성 권한이나 토큰을 관리자에게 요청하세요.",
  noAccount: "{{profile}} 네임스페이스에 {{account}} 서비스어카운트가 없습니다.",
  noAccountWay: "프로파일의 이름을 확인하세요. 이 서비스어카운트는 프로파일과 함께 생성됩니다.",
  byGateway: "Kubeflow의 게이트웨이가 이 토큰을 받아들입니다.",
  byPipelines:
    "Kubeflow의 게이트웨이가 이 클러스터의 토큰을 받아들이지 않으므로, 프로그램은 포트 포워딩으로 파이프라인에 연결합니다.",
  sooner: "API 서버가 토큰의 유효 기간을 제한하여 요청한 것보다 일찍 만료됩니다.",
  keep: "파일을 가진 사람은 토큰이 만료될 때까지 이 서비스어카운트로 파이프라인을 실행할 수 있습니다. 그 전에 토큰을 취소할 수는 없습니다.",
};
