import type { DriftReport, FieldDrift, ObjectDrift } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { Output } from "./output.ts";

/** A report for reading: what differs, object by object, and the totals. */
export function reportLines({ objects, compared }: DriftReport, output: Pick<Output, "text">): string[] {
  const differing = objects.filter(({ kept }) => !kept);
  const kept = objects.length - differing.length;
  const lines = driftLines(differing, output);
  return [
    ...lines,
    ...(lines.length > 0 ? [""] : []),
    output.text(message("cliDrift.total", { compared, count: differing.length })),
    ...(kept > 0 ? [output.text(message("cliDrift.kept", { count: kept }))] : []),
  ];
}

/** Objects that differ, each with its fields below it. */
export function driftLines(objects: readonly ObjectDrift[], output: Pick<Output, "text">): string[] {
  return objects.flatMap(({ object: { kind, namespace, name }, what, fields, more }) => [
    `${kind} ${namespace ? `${namespace}/` : ""}${name}`,
    ...(what === "deleted" ? [`  ${output.text(message("cliDrift.deleted"))}`] : []),
    ...fields.map((field) => `  ${output.text(fieldLine(field))}`),
    ...(more > 0 ? [`  ${output.text(message("cliDrift.more", { count: more }))}`] : []),
  ]);
}

/** `path: before → after (who, when)` */
function fieldLine({ path, added, applied, live, by, at }: FieldDrift): Message {
  const who =
    by === undefined
      ? message("cliDrift.unknown")
      : at === undefined
        ? by
        : message("cliDrift.byAt", { by, at: { time: at } });
  const hidden = message("cliDrift.hidden");
  const none = message("cliDrift.none");
  if (added === true) return message("cliDrift.added", { path, live: live ?? hidden, who });
  if (applied === undefined && live === undefined) return message("cliDrift.changedHidden", { path, who });
  return message("cliDrift.changed", { path, applied: applied ?? hidden, live: live ?? none, who });
}
