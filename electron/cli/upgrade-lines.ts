import {
  type ObjectRef,
  saidOf,
  type UpgradeChange,
  type UpgradeField,
  type UpgradePlan,
} from "../../common/contract/index.ts";
import { type Language, type Message, message, textOf } from "../../common/words/cli.ts";

/** Kind/namespace/name, or Kind/name. */
export function shortName({ kind, namespace, name }: ObjectRef): string {
  return [kind, namespace, name].filter((part) => part !== undefined).join("/");
}

/** What an upgrade would do, as lines for people: the four lists, the release's steps, and what is asked for. */
export function upgradeLines(plan: UpgradePlan, language: Language): string[] {
  const text = (said: Message) => textOf(said, language);
  const { from, to, created, changed, unchanged, removed, steps } = plan;
  const going = removed.filter(({ stays }) => stays === undefined);
  const staying = removed.filter(({ stays }) => stays !== undefined);
  const totals = { created: created.length, changed: changed.length, unchanged: unchanged.length };
  return [
    ...changed.flatMap((one) => changeLines(one).map((line) => (typeof line === "string" ? line : text(line)))),
    ...created.map(({ object }) => `+ ${shortName(object)}`),
    ...going.map(({ object, because }) => `- ${shortName(object)}${because ? ` (${text(because)})` : ""}`),
    ...staying.map(({ object, stays }) =>
      text(message("cliOutput.stays", { object: shortName(object), because: stays ?? "" })),
    ),
    "",
    ...steps.map(({ title, because }, index) =>
      text(message("cliUpgrade.step", { number: String(index + 1), title, because })),
    ),
    text(message("cliUpgrade.totals", { from, to, ...totals, removed: going.length, stays: staying.length })),
    ...(staying.length > 0 ? [text(message("cliUpgrade.addPrune"))] : []),
  ];
}

function changeLines({
  object,
  fields,
  more,
  others,
  recreate,
  rejected,
  untried,
}: UpgradeChange): (Message | string)[] {
  return [
    recreate === undefined
      ? `~ ${shortName(object)}`
      : message("cliUpgrade.recreated", { object: shortName(object), why: recreate }),
    ...(rejected ? [message("cliUpgrade.rejected", { why: saidOf(rejected) })] : []),
    ...(untried ? [message("cliUpgrade.note", { words: untried })] : []),
    ...fields.map(fieldLine),
    ...(more > 0 ? [message("cliUpgrade.more", { count: more })] : []),
    ...others.map(({ path, by = "" }) => message("cliUpgrade.others", { path, by })),
  ];
}

/** `path: before → after (who)` */
function fieldLine({ path, was, becomes, by }: UpgradeField): Message {
  const hidden = was === undefined && becomes === undefined;
  const none = message("cliUpgrade.none");
  const said = hidden
    ? message("cliUpgrade.fieldHidden", { path })
    : message("cliUpgrade.field", { path, was: was ?? none, becomes: becomes ?? none });
  return by === undefined ? said : message("cliUpgrade.fieldBy", { field: said, by });
}
