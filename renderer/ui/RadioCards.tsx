import type { ReactNode } from "react";
import { Label } from "react-aria-components/Label";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import "./RadioCards.css";

export interface RadioCardOption {
  value: string;
  title: string;
  note?: ReactNode;
  isDisabled?: boolean;
}

export interface RadioCardsProps {
  id?: string;
  label: string;
  code?: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly RadioCardOption[];
  columns?: 1 | 2 | 3;
}

/** One choice out of a few, each shown as a card with a line about it. */
export function RadioCards({ label, code, options, columns = 3, id, ...rest }: RadioCardsProps) {
  return (
    <RadioGroup {...rest} {...(id === undefined ? {} : { id })} className="radio-cards" orientation="horizontal">
      <Label className="field-label">
        {label}
        {code ? <span className="mono faint"> {code}</span> : null}
      </Label>
      <div className={`radio-cards-row radio-cards-${columns}`}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} isDisabled={option.isDisabled ?? false} className="radio-card">
            <b>{option.title}</b>
            {option.note === undefined ? null : <small>{option.note}</small>}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
