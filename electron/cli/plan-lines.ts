import {
  componentTitle,
  errorDetail,
  type PlanSummary,
  platformTitle,
  type ReleaseInfo,
  type RemovalPlan,
  saidOf,
} from "../../common/contract/index.ts";
import { type Language, type Message, message, textOf } from "../../common/words/cli.ts";
import { table } from "./output.ts";

/** A plan in one sentence. */
export function planTotals({ totals, kfDir }: PlanSummary): Message {
  return message("cliOutput.planTotals", {
    objects: message("cliOutput.objects", { count: totals.objects }),
    images: message("cliOutput.images", { count: totals.images }),
    pods: message("cliOutput.pods", { count: totals.pods }),
    cpu: totals.cpu.toFixed(1),
    memory: gibibytes(totals.memoryBytes, 1),
    folder: kfDir,
  });
}

/** The whole plan as lines for people, its warnings last, where they are read. */
export function planLines(
  summary: PlanSummary,
  releases: readonly ReleaseInfo[] = [],
  language: Language = "en",
): string[] {
  const text = (said: Message) => textOf(said, language);
  const rows = summary.components.map((component) => [
    componentTitle(releases, summary.release, component, language),
    String(component.objects),
    String(component.workloads),
    component.resources.cpu.toFixed(2),
    gibibytes(component.resources.memoryBytes, 2),
  ]);
  const head = [message("cliHead.component"), message("cliHead.objects"), message("cliHead.workloads")];
  const { create, update, foreign } = summary.changes;
  return [
    ...table([...head.map(text), "CPU", "GiB"], rows),
    "",
    text(planTotals(summary)),
    text(message("cliOutput.planChanges", { create, update, foreign: foreign.length })),
    ...summary.waves.map(({ title, objects: count, gate }) => {
      const objects = message("cliOutput.objects", { count });
      return text(
        gate === undefined
          ? message("cliOutput.wave", { title, objects })
          : message("cliOutput.waveGated", { title, objects, gate }),
      );
    }),
    ...platformLines(summary).map(text),
    ...summary.imageChanges.map(({ from, to, places }) =>
      text(message("cliOutput.imageChange", { from, to, count: places.length })),
    ),
    ...summary.adjustments.map(({ object: { kind, namespace, name }, said }) => {
      return `~ ${kind} ${namespace ? `${namespace}/` : ""}${name}: ${text(said)}`;
    }),
    ...summary.cloudFiles.flatMap(({ path, about, command, state }) => [
      text(message(state === "kept" ? "cliOutput.cloudFileKept" : "cliOutput.cloudFile", { path, about })),
      ...(command === undefined ? [] : [`  $ ${command}`]),
    ]),
    ...summary.warnings.flatMap((warning) => {
      const detail = errorDetail(warning, language);
      return [
        "",
        text(message("cliOutput.warning", { words: saidOf(warning) })),
        ...(detail === undefined ? [] : [`  ${detail}`]),
      ];
    }),
  ];
}

function platformLines({ platform }: PlanSummary): Message[] {
  const title = platform && platformTitle(platform.id);
  if (title === undefined) return [];
  return platform?.changes.map((change) => message("cliOutput.platform", { platform: title, change })) ?? [];
}

/** What a removal would do, as lines for people: everything that stays, by kind and name. */
export function removalLines({ objects: count, namespaces, kept, others }: RemovalPlan, language: Language): string[] {
  const objects = message("cliOutput.objects", { count });
  const lines = [
    namespaces.length === 0
      ? message("cliOutput.removalObjects", { objects })
      : message("cliOutput.removalTotals", { objects, names: namespaces.join(", ") }),
    ...kept.map(({ object: { kind, namespace, name }, because }) =>
      message("cliOutput.stays", { object: `${kind} ${namespace ? `${namespace}/` : ""}${name}`, because }),
    ),
    ...(others.length > 0 ? [message("cliOutput.addOthers")] : []),
  ];
  return lines.map((line) => textOf(line, language));
}

function gibibytes(bytes: number, digits: number): string {
  return (bytes / 2 ** 30).toFixed(digits);
}
