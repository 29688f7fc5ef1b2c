import type { ReactNode } from "react";
import { CircleAlert, Info, TriangleAlert } from "./icons.ts";
import { marked } from "./Marked.tsx";
import "./Banner.css";

export interface BannerProps {
  tone: "bad" | "warn" | "info";
  /** The cause, one sentence. */
  title: ReactNode;
  /** What exactly, and what to do. */
  children?: ReactNode;
  tag?: ReactNode;
  actions?: ReactNode;
  /** Announced at once when it appears; leave out for what is there from the start. */
  live?: boolean;
}

/** One cause, its detail, and the buttons that help. */
export function Banner({ tone, title, children, tag, actions, live }: BannerProps) {
  const Sign = tone === "bad" ? CircleAlert : tone === "warn" ? TriangleAlert : Info;
  return (
    <div className={`banner banner-${tone}`} {...(live ? { role: tone === "bad" ? "alert" : "status" } : {})}>
      <span className="banner-sign">{tag ?? <Sign aria-hidden size={16} />}</span>
      <div className="banner-words">
        <strong>{marked(title)}</strong>
        {children ? <div className="banner-detail">{marked(children)}</div> : null}
      </div>
      {actions ? <div className="banner-actions">{actions}</div> : null}
    </div>
  );
}
