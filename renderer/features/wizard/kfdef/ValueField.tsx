import { type ReactNode, useEffect, useState } from "react";
import { Field } from "../../../ui/Field.tsx";

export interface ValueFieldProps {
  label: string;
  value: string;
  /** Called with what was typed when the field is left or Enter is pressed; Escape puts back what was there. */
  onCommit: (value: string) => void;
  placeholder?: string;
  description?: ReactNode;
  error?: string | undefined;
  isDisabled?: boolean;
}

/** A field whose value goes into the KfDef once it is complete, not with each key. */
export function ValueField({ label, value, onCommit, error, ...rest }: ValueFieldProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const commit = () => {
    if (typed !== value) onCommit(typed);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter and Escape of the field inside
    <div
      className="kfdef-value"
      onKeyDown={(event) => {
        if (event.key === "Enter") {
          event.preventDefault();
          commit();
        } else if (event.key === "Escape" && typed !== value) {
          event.stopPropagation();
          setTyped(value);
        }
      }}
    >
      <Field
        label={label}
        value={typed}
        onChange={setTyped}
        onBlur={commit}
        error={error}
        autoComplete="off"
        mono
        {...rest}
      />
    </div>
  );
}
