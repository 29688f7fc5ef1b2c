import type { ReactNode } from "react";

/** A short lesson in the right column. */
export function Teach({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="teach">
      <h2 className="section-title">{title}</h2>
      {typeof children === "string" ? <p>{children}</p> : children}
    </section>
  );
}
