import type { ReactNode, Ref } from "react";

export interface ScrollRegionProps {
  /** What is in it; read out when the keyboard comes to it. */
  label: string;
  className: string;
  ref?: Ref<HTMLElement>;
  children: ReactNode;
}

/** A part that scrolls by itself: WCAG 2.1.1 wants it reachable by keyboard, so that the arrows scroll it. */
export function ScrollRegion({ label, className, ref, children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={className} ref={ref} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
