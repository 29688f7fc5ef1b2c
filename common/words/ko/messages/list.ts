import type { list as english } from "../../en/messages/list.ts";
import type { Translated } from "../../translated.ts";

export const list: Translated<typeof english> = {
  empty: "명단에 행이 없습니다.",
  tooLarge: "명단의 크기가 {{size}} MB입니다. 1 MB까지 쓸 수 있습니다.",
  tooLong: "명단에 행이 {{count}}개 있습니다. {{most}}개까지 쓸 수 있습니다.",
  unreadable: "CSV 표가 아닙니다: {{why}}",
  noHeader: "첫 줄에 열 이름이 있어야 합니다. 없는 열: {{columns}}.",
  unknownColumn: "{{column}} 열은 없습니다. 쓸 수 있는 열: {{columns}}.",
  columnTwice: "{{column}} 열이 두 번 나옵니다.",
  fields: "이 줄에는 칸이 {{count}}개인데 첫 줄에는 {{expected}}개입니다.",
};
