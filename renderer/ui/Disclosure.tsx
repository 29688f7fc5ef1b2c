import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { Disclosure as AriaDisclosure, DisclosurePanel } from "react-aria-components/Disclosure";
import { ChevronRight } from "./icons.ts";
import "./Disclosure.css";

export interface DisclosureProps {
  title: ReactNode;
  /** At the right end of the line, also when closed. */
  aside?: ReactNode;
  children: ReactNode;
  defaultExpanded?: boolean;
  /** Of its heading: one below that of what it stands in. */
  level?: 2 | 3;
}

/** A line that opens to show more. */
export function Disclosure({ title, aside, children, defaultExpanded = false, level = 3 }: DisclosureProps) {
  const Head = `h${level}` as const;
  return (
    <AriaDisclosure className="disclosure" defaultExpanded={defaultExpanded}>
      <Head className="disclosure-head">
        <Button slot="trigger" className="disclosure-button">
          <ChevronRight aria-hidden size={14} />
          <span>{title}</span>
          {aside === undefined ? null : <span className="disclosure-aside">{aside}</span>}
        </Button>
      </Head>
      <DisclosurePanel className="disclosure-panel">{children}</DisclosurePanel>
    </AriaDisclosure>
  );
}
