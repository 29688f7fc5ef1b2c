import type { registries as english } from "../en/registries.ts";
import type { Translated } from "../translated.ts";

export const registries: Translated<typeof english> = {
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
