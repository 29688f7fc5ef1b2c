import type { ReactNode, Ref } from "react";

export interface ScrollRegionProps {
  /** What is in it; read out when the keyboard comes to it. */
  label: string;
  className: string;
  /** False while all of it is in sight: then it is no stop for the keyboard. */
  scrolls?: boolean;
  ref?: Ref<HTMLElement>;
  children: ReactNode;
}

/** A part that scrolls by itself: WCAG 2.1.1 wants it reachable by keyboard, so that the arrows scroll it. */
export function ScrollRegion({ label, className, scrolls = true, ref, children }: ScrollRegionProps) {
  const reachable = scrolls ? { tabIndex: 0, "aria-label": label } : {};
  return (
    <section className={className} ref={ref} {...reachable}>
      {children}
    </section>
  );
}
