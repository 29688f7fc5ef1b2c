import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useBrowse } from "../store/browse.ts";

const narrowest = 280;
const widest = () => Math.max(narrowest, Math.min(1100, window.innerWidth - 460));
const step = 24;

function setWidth(width: number): void {
  const paneWidth = Math.round(Math.max(narrowest, Math.min(widest(), width)));
  useBrowse.setState({ paneWidth });
}

/** The line between the list and the object's pane: drawn with the mouse, or moved with the arrows. */
export function PaneEdge() {
  const { t } = useTranslation();
  const width = useBrowse((state) => state.paneWidth);
  const from = useRef<{ x: number; width: number } | undefined>(undefined);
  const start = (event: PointerEvent<HTMLDivElement>) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width };
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (from.current) setWidth(from.current.width + from.current.x - event.clientX);
  };
  const end = () => {
    from.current = undefined;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") setWidth(width + step);
    else if (event.key === "ArrowRight") setWidth(width - step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr can't be moved; this is ARIA's window splitter
    <div
      role="separator"
      className="object-side-edge"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t("browse.pane.width")}
      aria-valuenow={width}
      aria-valuemin={narrowest}
      aria-valuemax={widest()}
      onPointerDown={start}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={onKeyDown}
    />
  );
}
