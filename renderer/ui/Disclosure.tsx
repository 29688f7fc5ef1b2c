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
}

/** A line that opens to show more. */
export function Disclosure({ title, aside, children, defaultExpanded = false }: DisclosureProps) {
  return (
    <AriaDisclosure className="disclosure" defaultExpanded={defaultExpanded}>
      <h3 className="disclosure-head">
        <Button slot="trigger" className="disclosure-button">
          <ChevronRight aria-hidden size={14} />
          <span>{title}</span>
          {aside === undefined ? null : <span className="disclosure-aside">{aside}</span>}
        </Button>
      </h3>
      <DisclosurePanel className="disclosure-panel">{children}</DisclosurePanel>
    </AriaDisclosure>
  );
}
