import { useTranslation } from "react-i18next";
import { useBrowse } from "../../state/browse.ts";
import { Splitter } from "../../ui/Splitter.tsx";

const narrowest = 280;
const widest = () => Math.max(narrowest, Math.min(1100, window.innerWidth - 460));

/** To the right makes the pane narrower: it is what stands there. */
function move(by: number): void {
  useBrowse.setState(({ paneWidth }) => ({
    paneWidth: Math.round(Math.max(narrowest, Math.min(widest(), paneWidth - by))),
  }));
}

/** The line between the list and the object's pane. */
export function PaneEdge() {
  const { t } = useTranslation();
  const width = useBrowse((state) => state.paneWidth);
  return (
    <Splitter
      className="object-side-edge"
      orientation="vertical"
      label={t("browse.pane.width")}
      value={width}
      min={narrowest}
      max={widest()}
      onMove={move}
    />
  );
}
