import type { ReactNode } from "react";
import "./Tag.css";

export type Tone = "ok" | "run" | "warn" | "bad" | "idle";

/** A short word with a tone; the sign before it keeps it readable without colour. */
export function Tag({ tone = "idle", sign, children }: { tone?: Tone; sign?: ReactNode; children: ReactNode }) {
  return (
    <span className={`tag tag-${tone}`}>
      {sign === undefined ? null : <span aria-hidden>{sign}</span>}
      {children}
    </span>
  );
}
