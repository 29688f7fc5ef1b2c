import type { RowHealth } from "../../common/contract/index.ts";
import { type PrintedRow, printedLevel, signOf } from "../../common/kube/index.ts";

/** What a row's printed cells say about the object's health; of most objects a table has no more than those. */
export function healthOf(row: PrintedRow & { deleting: boolean }): RowHealth {
  const health = signOf(printedLevel(row));
  return row.deleting && health === "ok" ? "warn" : health;
}
