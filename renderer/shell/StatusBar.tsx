import type { ComponentType, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useApp } from "../state/app.ts";
import { chosenContext, useCluster } from "../state/cluster.ts";
import { contributions } from "../state/contributions.tsx";
import { keyOfCommand, useKeyChoice } from "../state/keys.ts";
import { type Route, useRoute } from "../state/route.ts";
import { shownKey } from "../ui/key-names.ts";
import { onMac } from "../ui/shortcut.ts";
import { dockToggle } from "./dock/commands.ts";

/** How fresh what is shown is, what the place on screen says about itself, and whether it is real. */
export function StatusBar() {
  const { t } = useTranslation();
  const connection = useApp((state) => state.connection);
  const practice = useCluster((state) => chosenContext(state)?.practice ?? false);
  const said = contributions().flatMap(({ status = [] }) => status);
  const terminalKey = keyOfCommand(dockToggle, useKeyChoice());
  const live = connection !== "lost";
  const own: ReactNode = (
    <>
      <span className="status-live">
        <span className={live ? "dot dot-ok" : "dot dot-bad"} aria-hidden />
        {live ? t("frame.live") : t("frame.notLive")}
      </span>
      <span>
        <PlaceNote />
      </span>
    </>
  );
  return (
    <footer className="status">
      {live ? said.reduceRight(inFront, own) : own}
      <span className="status-end">
        {practice ? <span>{t("practice.simulated")}</span> : null}
        {terminalKey ? (
          <span className="top-hide-narrow">{`${shownKey(terminalKey, onMac())} ${t("frame.terminal")}`}</span>
        ) : null}
      </span>
    </footer>
  );
}

function inFront(otherwise: ReactNode, Status: ComponentType<{ otherwise: ReactNode }>): ReactNode {
  return <Status otherwise={otherwise} />;
}

function PlaceNote() {
  const route = useRoute((state) => state.route);
  const Note = placeNoteOf(route.place);
  return Note === undefined ? null : <Note route={route} />;
}

function placeNoteOf(place: Route["place"]): ComponentType<{ route: Route }> | undefined {
  // the note of a place takes routes of that place only
  return contributions().find(({ placeNotes }) => placeNotes?.[place])?.placeNotes?.[place] as
    | ComponentType<{ route: Route }>
    | undefined;
}
