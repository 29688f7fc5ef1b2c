import { type ReactNode, useId } from "react";
import "./Card.css";

export interface CardProps {
  title?: ReactNode;
  /** At the right end of the title's line. */
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  /** Space around the content; lists and tables go to the edge themselves. */
  padded?: boolean;
}

/** A surface with an optional small title; a named region where it has one. */
export function Card({ title, aside, children, className, padded = true }: CardProps) {
  const id = useId();
  const classes = ["card", padded ? "card-padded" : "", className].filter(Boolean).join(" ");
  if (title === undefined) return <div className={classes}>{children}</div>;
  return (
    <section className={classes} aria-labelledby={id}>
      <header className="card-head">
        <h2 className="section-title" id={id}>
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
