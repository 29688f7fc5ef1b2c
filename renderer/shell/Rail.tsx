import { useTranslation } from "react-i18next";
import { useBrowse } from "../state/browse.ts";
import { useCluster } from "../state/cluster.ts";
import { contributions, type RailItem } from "../state/contributions.tsx";
import { useDock } from "../state/dock.ts";
import { useKeySheet } from "../state/keys.ts";
import { useRoute } from "../state/route.ts";
import { Keyboard, SquareTerminal } from "../ui/icons.ts";
import { toggleDock } from "./dock/open.ts";

/** The places a user goes; each keeps its state when it is left. */
export function Rail() {
  const { t } = useTranslation();
  const place = useRoute((state) => state.route.place);
  // where an item leads, and whether it is there, is read from these
  useRoute();
  useCluster((state) => state.chosen);
  useBrowse((state) => state.kinds);
  const dockOpen = useDock((state) => state.open);
  const items = contributions()
    .flatMap(({ rail = [] }) => rail)
    .toSorted((a, b) => a.order - b.order);
  return (
    <nav className="rail" aria-label={t("frame.places")}>
      <Logo />
      <ul>
        {items.map((item) => (
          <RailPlace key={item.order} item={item} current={item.places.includes(place)} />
        ))}
      </ul>
      <button
        type="button"
        className="rail-place rail-keys"
        aria-label={t("browse.keys.title")}
        title={`${t("browse.keys.title")} (?)`}
        onClick={() => useKeySheet.setState({ open: "read" })}
      >
        <Keyboard aria-hidden />
      </button>
      <button
        type="button"
        className="rail-place rail-terminal"
        aria-label={t("dock.place")}
        aria-expanded={dockOpen}
        title={`${t("dock.place")} (Ctrl \`)`}
        onClick={toggleDock}
      >
        <SquareTerminal aria-hidden />
      </button>
    </nav>
  );
}

function RailPlace({ item, current }: { item: RailItem; current: boolean }) {
  const { t } = useTranslation();
  const { useShown = always, useNote = nothing } = item;
  // An item brings the same hooks as long as the page lives.
  const shown = useShown();
  const note = useNote();
  if (!shown) return null;
  return (
    <li>
      <a
        className="rail-place"
        href={item.href()}
        {...(current ? { "aria-current": "page" as const } : {})}
        {...(note ? { title: note.text } : {})}
      >
        {item.icon}
        {item.label(t)}
        {note ? <span aria-hidden className={`rail-note rail-note-${note.tone}`} /> : null}
      </a>
      {/* There from the start, so that what comes later is announced. */}
      <span className="sr-only" role="status">
        {note?.text}
      </span>
    </li>
  );
}

function nothing(): undefined {
  return undefined;
}

function always(): boolean {
  return true;
}

function Logo() {
  return (
    <svg className="logo" viewBox="0 0 30 30" role="img" aria-label="Flowdeck">
      <defs>
        <linearGradient id="logo-fill" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#3f5bd9" />
          <stop offset="1" stopColor="#7b4fd6" />
        </linearGradient>
      </defs>
      <rect width="30" height="30" rx="9" fill="url(#logo-fill)" />
      <rect x="8" y="8.5" width="14" height="3" rx="1.5" fill="#fff" fillOpacity="0.7" />
      <rect x="8" y="13.5" width="14" height="3" rx="1.5" fill="#fff" />
      <rect x="8" y="18.5" width="14" height="3" rx="1.5" fill="#fff" fillOpacity="0.45" />
    </svg>
  );
}
