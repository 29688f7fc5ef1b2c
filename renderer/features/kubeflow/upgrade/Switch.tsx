import { Switch as AriaSwitch } from "react-aria-components/Switch";

/** Consent, on or off. */
export function Switch({ label, on, onChange }: { label: string; on: boolean; onChange: () => void }) {
  return (
    <AriaSwitch className="upgrade-switch" isSelected={on} onChange={onChange}>
      <span className="upgrade-switch-track" aria-hidden />
      {label}
    </AriaSwitch>
  );
}
