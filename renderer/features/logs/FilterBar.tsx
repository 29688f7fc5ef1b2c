import type { KeyboardEvent, RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { LogFilter, LogLevel } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { type Message, textOf } from "../../../common/words/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Funnel, X } from "../../ui/icons.ts";
import { Select } from "../../ui/Select.tsx";
import { PatternBox, PatternSwitch } from "./PatternBox.tsx";

export interface FilterBarProps {
  filter: LogFilter;
  problem: Message | undefined;
  inputRef: RefObject<HTMLInputElement | null>;
  onChange: (filter: LogFilter) => void;
  onClose: () => void;
  onLeave: () => void;
}

const levels = ["any", "error", "warn", "info", "debug"] as const;
const contexts = ["0", "1", "3", "10"] as const;

/** Which lines are shown at all. */
export function FilterBar({ filter, problem, inputRef, onChange, onClose, onLeave }: FilterBarProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" || event.key === "ArrowDown") onLeave();
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="logs-bar logs-filter">
      <PatternBox
        label={t("logs.filter.label")}
        placeholder={t("logs.filter.hint")}
        icon={<Funnel size={13} aria-hidden />}
        pattern={filter}
        problem={problem}
        inputRef={inputRef}
        onChange={(pattern) => onChange({ ...filter, ...pattern })}
        onKeyDown={onKeyDown}
      >
        <PatternSwitch
          on={filter.inverse}
          label={t("logs.filter.inverse")}
          sign="!"
          onChange={(inverse) => onChange({ ...filter, inverse })}
        />
      </PatternBox>
      <Select
        compact
        label={t("logs.filter.level")}
        value={levels.find((level) => level === filter.level) ?? "any"}
        options={levels.map((value) => ({ value, label: t(`logs.level.${value}`) }))}
        onChange={(level) => onChange({ ...filter, level: level === "any" ? null : (level satisfies LogLevel) })}
      />
      <Select
        compact
        label={t("logs.filter.context")}
        value={contexts.find((context) => context === String(filter.context)) ?? "0"}
        options={contexts.map((value) => ({
          value,
          label: value === "0" ? t("logs.filter.noContext") : t("logs.filter.contextLines", { count: Number(value) }),
        }))}
        onChange={(context) => onChange({ ...filter, context: Number(context) })}
      />
      {problem === undefined ? null : (
        <span className="logs-problem" role="alert">
          {visibleBidi(textOf(problem, language))}
        </span>
      )}
      <span className="grow" />
      <IconButton label={t("logs.filter.close")} onPress={onClose}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}
