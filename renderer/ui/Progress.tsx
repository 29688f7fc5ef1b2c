import { ProgressBar } from "react-aria-components/ProgressBar";
import "./Progress.css";

/** A bar from 0 to 1; `label` is what a screen reader calls it. */
export function Progress({
  label,
  fraction,
  tone = "accent",
}: {
  label: string;
  fraction: number;
  tone?: "accent" | "bad";
}) {
  const percent = Math.max(0, Math.min(1, fraction)) * 100;
  return (
    <ProgressBar className="progress" aria-label={label} value={percent}>
      <span className={`progress-fill progress-${tone}`} style={{ width: `${percent}%` }} />
    </ProgressBar>
  );
}
