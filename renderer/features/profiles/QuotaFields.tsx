import { useTranslation } from "react-i18next";
import type { Profile } from "../../../common/contract/index.ts";
import {
  amountProblem,
  type Hard,
  limitOf,
  parseQuantity,
  type QuotaColumn,
  type QuotaPreset,
  quotaColumns,
  quotaPresets,
  quotaResources,
  sameQuota,
} from "../../../common/kube/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { Field } from "../../ui/Field.tsx";
import { RadioCards } from "../../ui/RadioCards.tsx";
import { amountWords as formatAmount } from "./amounts.ts";
import { amountWords } from "./problems.ts";

/** A quota as it is being chosen: a preset, or amounts as typed. */
export interface QuotaChoice {
  preset: QuotaPreset | "own";
  typed: Readonly<Record<QuotaColumn, string>>;
}

const choices = ["small", "medium", "large", "none", "own"] as const;
const nothing: QuotaChoice["typed"] = { cpu: "", memory: "", gpu: "", storage: "", pods: "" };

export function choiceOf(hard: Hard): QuotaChoice {
  const preset = choices.find((name) => name !== "own" && sameQuota(quotaPresets[name], hard)) ?? "own";
  const typed = Object.fromEntries(quotaColumns.map((column) => [column, hard[limitOf(hard, column) ?? ""] ?? ""]));
  return { preset, typed: { ...nothing, ...typed } };
}

/** The quota that is meant; limits of `before` that no field is for stay. Undefined while an amount is none. */
export function hardOf({ preset, typed }: QuotaChoice, before: Hard = {}): Hard | undefined {
  if (preset !== "own") return quotaPresets[preset];
  const known = new Set(quotaColumns.flatMap((column) => limitOf(before, column) ?? []));
  const hard = Object.fromEntries(Object.entries(before).filter(([name]) => !known.has(name)));
  for (const column of quotaColumns) {
    if (typed[column] === "") continue;
    if (parseQuantity(typed[column]) === undefined) return undefined;
    hard[limitOf(before, column) ?? quotaResources[column]] = typed[column];
  }
  return hard;
}

export interface QuotaFieldsProps {
  choice: QuotaChoice;
  onChange: (choice: QuotaChoice) => void;
  /** Whose use is shown beside the fields. */
  used?: Profile["used"];
}

/** How much a profile may use: a few sizes, or amounts of one's own. */
export function QuotaFields({ choice, onChange, used = {} }: QuotaFieldsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const note = (name: (typeof choices)[number]) => {
    if (name === "own") return t("profiles.quota.ownWhy");
    if (name === "none") return t("profiles.quota.noneWhy");
    const { cpu, memory } = quotaPresets[name];
    return `CPU ${cpu} · ${memory}`;
  };
  return (
    <div className="quota-fields">
      <RadioCards
        label={t("profiles.quota.label")}
        value={choice.preset}
        onChange={(value) => {
          const preset = choices.find((name) => name === value) ?? "own";
          // The amounts of a preset are what one's own start from.
          const from = preset === "own" ? (hardOf(choice) ?? {}) : {};
          onChange({ preset, typed: preset === "own" ? choiceOf(from).typed : choice.typed });
        }}
        options={choices.map((value) => ({ value, title: t(`profiles.quota.${value}`), note: note(value) }))}
      />
      {choice.preset === "own" ? (
        <div className="quota-amounts">
          {quotaColumns.map((column) => {
            const now = parseQuantity(used[limitOf(used, column) ?? ""]);
            return (
              <Field
                key={column}
                label={t(`profiles.column.${column}`)}
                value={choice.typed[column]}
                onChange={(value) => onChange({ ...choice, typed: { ...choice.typed, [column]: value.trim() } })}
                placeholder={t("profiles.quota.empty")}
                error={amountWords(t, column, choice.typed[column])}
                {...(now === undefined
                  ? {}
                  : { description: t("profiles.quota.hint", { used: formatAmount(column, now, language) }) })}
                mono
              />
            );
          })}
        </div>
      ) : null}
    </div>
  );
}

/** Whether every amount that was typed is one. */
export function isComplete({ preset, typed }: QuotaChoice): boolean {
  return (
    preset !== "own" ||
    quotaColumns.every((column) => typed[column] === "" || amountProblem(column, typed[column]) === undefined)
  );
}
