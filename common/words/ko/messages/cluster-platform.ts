import type { clusterPlatform as english } from "../../en/messages/cluster-platform.ts";
import type { Translated } from "../../translated.ts";

export const clusterPlatform: Translated<typeof english> = {
  folder: "{{name}}: `{{paths}}` 폴더로 빌드합니다. {{because}}",
  folderIssuer: "{{name}}: `{{paths}}` 폴더로 빌드합니다. {{because}} 발급자: {{issuer}}",
  noIssuer:
    "{{name}}: 서비스어카운트 토큰용 오버레이 없이 빌드합니다. 클러스터에 누구나 키를 읽을 수 있는 토큰 발급자가 없기 때문입니다.",
  enforcer_other:
    "웹훅 설정 {{count}}개에 `{{annotation}}` 애너테이션을 붙입니다. 붙이지 않으면 AKS가 네임스페이스 셀렉터를 바꿉니다.",
};
