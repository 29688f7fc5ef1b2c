import type { ReactNode } from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextField } from "react-aria-components/TextField";
import { X } from "./icons.ts";
import "./Field.css";

export interface FieldProps {
  id?: string;
  label: string;
  /** The variable this field is known by on the command line, e.g. KF_NAME. */
  code?: string;
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  type?: "text" | "password" | "email" | "search";
  description?: ReactNode;
  error?: string | undefined;
  placeholder?: string;
  autoComplete?: string;
  mono?: boolean;
  isDisabled?: boolean;
  /** A button at the end of the field. */
  action?: ReactNode;
}

/** A labelled text field with its hint and, when the value can't be used, the reason. */
export function Field({ code, label, description, error, action, placeholder, mono, id, ...rest }: FieldProps) {
  return (
    <TextField
      {...rest}
      {...(id === undefined ? {} : { id })}
      className="field"
      isInvalid={error !== undefined}
      validationBehavior="aria"
      spellCheck="false"
    >
      <Label className="field-label">
        {label}
        {code ? <span className="mono faint"> {code}</span> : null}
      </Label>
      <span className="field-box">
        <Input className={mono ? "field-input mono" : "field-input"} {...(placeholder ? { placeholder } : {})} />
        {action}
      </span>
      {description && error === undefined ? (
        <Text slot="description" className="field-hint">
          {description}
        </Text>
      ) : null}
      <FieldError className="field-error">
        <X aria-hidden size={12} />
        {error}
      </FieldError>
    </TextField>
  );
}
