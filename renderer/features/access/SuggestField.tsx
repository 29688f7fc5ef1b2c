import { ComboBox } from "react-aria-components/ComboBox";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import "../../ui/Select.css";

export interface SuggestFieldProps {
  id?: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  suggestions: readonly string[];
  placeholder?: string;
}

/** A text field that proposes known values while one types; anything else may be typed as well. */
export function SuggestField({ id, label, value, onChange, suggestions, placeholder }: SuggestFieldProps) {
  return (
    <ComboBox
      {...(id === undefined ? {} : { id })}
      className="field suggest"
      inputValue={value}
      onInputChange={onChange}
      allowsCustomValue
      menuTrigger="input"
      items={suggestions.map((name) => ({ name }))}
    >
      <Label className="field-label">{label}</Label>
      <span className="field-box">
        <Input className="field-input mono" {...(placeholder ? { placeholder } : {})} />
      </span>
      <Popover className="select-popover">
        <ListBox<{ name: string }> className="select-list">
          {({ name }) => (
            <ListBoxItem id={name} className="select-item mono" textValue={name}>
              {name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
