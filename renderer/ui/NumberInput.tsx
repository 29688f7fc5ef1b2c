import { Button } from "react-aria-components/Button";
import { Group } from "react-aria-components/Group";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { NumberField } from "react-aria-components/NumberField";
import { Text } from "react-aria-components/Text";
import "./Field.css";
import "./NumberInput.css";

export interface NumberInputProps {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
  description?: string;
}

export function NumberInput({ label, value, min, max, onChange, description }: NumberInputProps) {
  return (
    <NumberField
      className="field number-input"
      value={value}
      minValue={min}
      maxValue={max}
      onChange={(next) => Number.isFinite(next) && onChange(next)}
    >
      <Label className="field-label">{label}</Label>
      <Group className="field-box">
        <Button slot="decrement" className="number-step">
          −
        </Button>
        <Input className="field-input" />
        <Button slot="increment" className="number-step">
          +
        </Button>
      </Group>
      {description ? (
        <Text slot="description" className="field-hint">
          {description}
        </Text>
      ) : null}
    </NumberField>
  );
}
