import type { KeyboardEvent, ReactNode, RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { LogPattern } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { type Message, textOf } from "../../../common/words/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";

export interface PatternBoxProps {
  label: string;
  placeholder: string;
  icon: ReactNode;
  pattern: LogPattern;
  problem: Message | undefined;
  onChange: (pattern: LogPattern) => void;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  inputRef?: RefObject<HTMLInputElement | null>;
  /** After the field: counts, further switches. */
  children?: ReactNode;
}

/** A field for words or a regular expression. */
export function PatternBox(props: PatternBoxProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { pattern, problem, onChange } = props;
  return (
    <div className={problem === undefined ? "logs-pattern" : "logs-pattern logs-pattern-bad"}>
      {props.icon}
      <input
        ref={props.inputRef}
        className="mono"
        type="text"
        spellCheck={false}
        autoComplete="off"
        aria-label={props.label}
        placeholder={props.placeholder}
        aria-invalid={problem !== undefined}
        title={problem && visibleBidi(textOf(problem, language))}
        value={pattern.text}
        onChange={(event) => onChange({ ...pattern, text: event.target.value })}
        onKeyDown={props.onKeyDown}
      />
      <PatternSwitch
        on={pattern.caseSensitive}
        label={t("logs.matchCase")}
        sign="Aa"
        onChange={(caseSensitive) => onChange({ ...pattern, caseSensitive })}
      />
      <PatternSwitch
        on={pattern.regex}
        label={t("logs.regex")}
        sign=".*"
        onChange={(regex) => onChange({ ...pattern, regex })}
      />
      {props.children}
    </div>
  );
}

export function PatternSwitch(props: { on: boolean; label: string; sign: string; onChange: (on: boolean) => void }) {
  return (
    <button
      type="button"
      className="logs-switch"
      aria-pressed={props.on}
      aria-label={props.label}
      title={props.label}
      onClick={() => props.onChange(!props.on)}
    >
      {props.sign}
    </button>
  );
}
