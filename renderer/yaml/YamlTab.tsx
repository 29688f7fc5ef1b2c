import type { ObjectTabProps } from "../object/tabs.ts";

export function YamlTab(_props: ObjectTabProps) {
  return null;
}
