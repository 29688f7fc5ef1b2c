import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNarrow } from "../../ui/use-narrow.ts";

export interface StepLayoutProps {
  title: string;
  intro?: ReactNode;
  children: ReactNode;
  /** The right column: why, and the shell lines that do the same. Below the content where there is no room. */
  aside?: ReactNode;
  /** Stays at the bottom while the content scrolls. */
  footer: ReactNode;
  wide?: boolean;
  /** The content has panes that scroll by themselves and take all the height there is. */
  filled?: boolean;
}

/** The frame of a step: heading (takes the focus when the step is opened), content that scrolls, buttons that stay. */
export function StepLayout({ title, intro, children, aside, footer, wide = false, filled = false }: StepLayoutProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const narrow = useNarrow();
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.title = `${title} · Flowdeck`;
  }, [title]);
  const beside = aside !== undefined && !narrow;
  return (
    <div className={beside ? "step-layout step-beside" : "step-layout"}>
      <section className={["pane", wide ? "pane-wide" : "", filled ? "pane-filled" : ""].filter(Boolean).join(" ")}>
        <div className="pane-scroll">
          <div className="pane-content">
            <h1 ref={heading} tabIndex={-1}>
              {title}
            </h1>
            {intro ? <p className="pane-intro">{intro}</p> : null}
            {children}
            {aside !== undefined && narrow ? <div className="aside-below">{aside}</div> : null}
          </div>
        </div>
        <div className="pane-foot">{footer}</div>
      </section>
      {beside ? (
        <aside className="aside" aria-label={t("steps.why")}>
          {aside}
        </aside>
      ) : null}
    </div>
  );
}
