import type { plan as english } from "../../en/messages/plan.ts";
import type { Translated } from "../../translated.ts";

export const plan: Translated<typeof english> = {
  cycle: "서로를 기다리는 오브젝트가 있습니다: {{objects}}.",
  cycleBecause: "각각 기다리는 조건: {{reasons}}.",
};
