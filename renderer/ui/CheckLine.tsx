import type { ReactNode } from "react";
import { Checkbox } from "react-aria-components/Checkbox";
import { Check, Lock } from "./icons.ts";
import "./CheckLine.css";

export interface CheckLineProps {
  isSelected: boolean;
  onChange?: (selected: boolean) => void;
  /** On and not to be changed here: required, or needed by another choice. */
  isLocked?: boolean;
  children: ReactNode;
  "aria-label"?: string;
}

/** A checkbox with its words beside it; a locked one shows a lock instead of a tick. */
export function CheckLine({ isSelected, onChange, isLocked = false, children, ...rest }: CheckLineProps) {
  return (
    <Checkbox
      {...rest}
      className="check-line"
      isSelected={isSelected}
      isReadOnly={isLocked}
      {...(onChange ? { onChange } : {})}
    >
      <span className={isLocked ? "check-box check-locked" : "check-box"} aria-hidden>
        {isLocked ? <Lock size={11} /> : isSelected ? <Check size={13} strokeWidth={2.5} /> : null}
      </span>
      <span className="check-words">{children}</span>
    </Checkbox>
  );
}
