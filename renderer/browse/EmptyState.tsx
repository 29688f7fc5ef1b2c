import type { ReactNode } from "react";

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
    <div className="empty" {...(live ? { role: "status" } : {})}>
      {icon ? <span className={tone ? `empty-icon text-${tone}` : "empty-icon"}>{icon}</span> : null}
      <h2>{title}</h2>
      {text ? <p>{text}</p> : null}
      {detail ? <p className="faint">{detail}</p> : null}
      <div className="empty-actions">{children}</div>
    </div>
  );
}
