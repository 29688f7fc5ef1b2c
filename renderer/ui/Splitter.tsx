import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import "./Splitter.css";

export interface SplitterProps {
  label: string;
  orientation: "horizontal" | "vertical";
  value: number;
  min: number;
  max: number;
  /** Where it lies over an edge instead of taking room of its own. */
  className?: string;
  /** Told how far it was moved, in pixels: to the right or down. */
  onMove: (by: number) => void;
}

const step = 24;

/** A line between two parts: drawn with the mouse, or moved with the arrows. */
export function Splitter({ label, orientation, value, min, max, className, onMove }: SplitterProps) {
  const at = useRef<number | undefined>(undefined);
  const place = (event: PointerEvent) => (orientation === "horizontal" ? event.clientY : event.clientX);
  const keys =
    orientation === "horizontal" ? { ArrowUp: -step, ArrowDown: step } : { ArrowLeft: -step, ArrowRight: step };
  const end = () => {
    at.current = undefined;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = new Map(Object.entries(keys)).get(event.key);
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(by);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr can't be moved; this is ARIA's window splitter
    <div
      role="separator"
      className={className ?? `splitter splitter-${orientation}`}
      tabIndex={0}
      aria-orientation={orientation}
      aria-label={label}
      aria-valuenow={Math.round(value)}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        at.current = place(event);
      }}
      onPointerMove={(event) => {
        if (at.current === undefined) return;
        onMove(place(event) - at.current);
        at.current = place(event);
      }}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={onKeyDown}
    />
  );
}
