import type { edit as english } from "../../en/messages/edit.ts";
import type { Translated } from "../../translated.ts";

export const edit: Translated<typeof english> = {
  resourceUnknown: "클러스터에 {{name}} 리소스가 없습니다.",
  noSchema: "API 서버가 {{kind}} 스키마를 제공하지 않습니다.",
};
