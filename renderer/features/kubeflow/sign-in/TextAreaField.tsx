import { FieldError } from "react-aria-components/FieldError";
import { Label } from "react-aria-components/Label";
import { TextArea } from "react-aria-components/TextArea";
import { TextField } from "react-aria-components/TextField";

export interface TextAreaFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

/** A field of several lines, such as a certificate. */
export function TextAreaField({ label, value, onChange, error }: TextAreaFieldProps) {
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      spellCheck="false"
    >
      <Label className="field-label">{label}</Label>
      <TextArea className="people-text mono" rows={4} />
      <FieldError className="field-error">{error}</FieldError>
    </TextField>
  );
}
