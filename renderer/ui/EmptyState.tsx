import type { ReactNode } from "react";
import { marked } from "./Marked.tsx";

/** One thing to say in the place of content, and the buttons that lead on. */
export function EmptyState({
  icon,
  tone,
  title,
  text,
  detail,
  live,
  children,
}: {
  icon?: ReactNode;
  tone?: "warn" | "bad";
  title: string;
  text?: string | undefined;
  detail?: string | undefined;
  live?: boolean;
  children?: ReactNode;
}) {
  return (
    <div className="nothing" {...(live ? { role: "status" } : {})}>
      {icon ? <span className={tone ? `nothing-icon text-${tone}` : "nothing-icon"}>{icon}</span> : null}
      <h2>{marked(title)}</h2>
      {text ? <p>{marked(text)}</p> : null}
      {detail ? <p className="faint">{marked(detail)}</p> : null}
      <div className="nothing-actions">{children}</div>
    </div>
  );
}
