import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "./Button.tsx";
import "./ConfirmPane.css";

export interface ConfirmPaneProps {
  title: string;
  children: ReactNode;
  confirm: string;
  keep: string;
  onConfirm: () => void;
  onKeep: () => void;
  danger?: boolean;
  /** While it is not known yet what will happen. */
  isWaiting?: boolean;
}

/** A question asked in place: what will happen, what stays, and the two answers. Escape keeps things as they are. */
export function ConfirmPane(props: ConfirmPaneProps) {
  const { title, children, confirm, keep, onConfirm, onKeep, danger = true, isWaiting = false } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is a shortcut for the button that keeps things as they are
    <div
      className={danger ? "confirm-pane confirm-danger" : "confirm-pane"}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        // Not also the dialog around it.
        event.stopPropagation();
        onKeep();
      }}
    >
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <div className="confirm-body">{children}</div>
      <div className="confirm-actions">
        <Button variant={danger ? "danger" : "primary"} onPress={onConfirm} isDisabled={isWaiting}>
          {confirm}
        </Button>
        <Button onPress={onKeep}>{keep}</Button>
      </div>
    </div>
  );
}
