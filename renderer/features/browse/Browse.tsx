import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId } from "../../../common/contract/index.ts";
import { useBrowse } from "../../state/browse.ts";
import { connect, findContext, useCluster } from "../../state/cluster.ts";
import { ClusterNeeded } from "../../state/connected/ClusterNeeded.tsx";
import { Part } from "../../state/contributions.tsx";
import { kindName } from "../../state/kind-name.ts";
import { openPalette } from "../../state/palette.ts";
import { findResource, resourceKey } from "../../state/resource-key.ts";
import { type BrowsePlace, browse } from "../../state/route.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { useErrorWords } from "../../ui/use-error-words.ts";
import { ActionCommands } from "./ActionCommands.tsx";
import { useChoice } from "./columns/use-columns.ts";
import { ListHeader } from "./head/ListHeader.tsx";
import { Sidebar } from "./kinds/Sidebar.tsx";
import { PaneEdge } from "./PaneEdge.tsx";
import { focusGrid } from "./table/focus-grid.ts";
import { TableArea } from "./table/TableArea.tsx";
import { tableName } from "./table-name.ts";
import "./Browse.css";

/** Lists of every kind the cluster serves, with the pane of the chosen object. */
export function Browse({ place }: { place: BrowsePlace }) {
  const chosen = useCluster((state) => state.chosen);
  const connected = useCluster((state) => state.state === "connected");
  useFollowedContext(place);
  if (chosen === undefined || chosen !== place.context || !connected) return <ClusterNeeded place={place} />;
  return <ClusterBrowser key={chosen} place={place} context={chosen} />;
}

/** The address names the context: a link to another cluster connects to it, a choice made elsewhere is written there. */
function useFollowedContext(place: BrowsePlace): void {
  const chosen = useCluster((state) => state.chosen);
  const known = useCluster((state) => findContext(state.list, place.context));
  const listed = useCluster((state) => state.list !== undefined);
  const before = useRef<{ chosen: string | undefined; wanted: string | undefined } | undefined>(undefined);
  useEffect(() => {
    const last = before.current;
    before.current = { chosen, wanted: place.context };
    if (!listed || chosen === place.context) return;
    const chosenElsewhere = last !== undefined && last.chosen !== chosen && last.wanted === place.context;
    if (place.context === undefined || (chosenElsewhere && chosen !== undefined)) {
      if (chosen !== undefined)
        browse({ context: chosen, ...(chosenElsewhere ? {} : keptSight(place)) }, { replace: true });
    } else if (known && !known.error) void connect(known.id);
  }, [chosen, place, known, listed]);
}

/** A link without a context is about the chosen one: all of it stays. */
function keptSight(place: BrowsePlace): Partial<BrowsePlace> {
  const { context: _context, place: _place, ...sight } = place;
  return sight;
}

function ClusterBrowser({ place, context }: { place: BrowsePlace; context: ContextId }) {
  const { t } = useTranslation();
  const errorWords = useErrorWords();
  const sameCluster = useBrowse((state) => state.context === context);
  const kinds = useBrowse((state) => state.kinds);
  const kindsError = useBrowse((state) => state.kindsError);
  const sidebar = useBrowse((state) => state.sidebar);
  const info = useMemo(() => findResource(kinds ?? [], place.resource), [kinds, place.resource]);
  const { own } = useChoice(place.resource);
  const ownKey = JSON.stringify(own);
  const namespacesKey = place.namespaces.join(",");
  const table = tableName(place);

  // A name as people write it (po, deploy) becomes the resource's own, so that addresses are alike.
  useEffect(() => {
    if (info && resourceKey(info) !== place.resource)
      browse({ ...place, resource: resourceKey(info) }, { replace: true });
  }, [info, place]);
  useEffect(() => {
    if (info) document.title = `${kindName(t, info)} · Flowdeck`;
  }, [t, info]);

  const source = useMemo(
    () =>
      info && {
        context,
        group: info.group,
        version: info.version,
        plural: info.plural,
        namespaces: info.namespaced && namespacesKey !== "" ? namespacesKey.split(",") : [],
        labelSelector: place.labels ?? "",
        fieldSelector: place.fields ?? "",
        ownColumns: JSON.parse(ownKey) as { name: string; path: string }[],
      },
    [context, info, namespacesKey, place.labels, place.fields, ownKey],
  );

  if (!sameCluster || !kinds) {
    if (kindsError) {
      const words = errorWords(kindsError);
      return <EmptyState tone="bad" title={words.title} text={words.detail} live />;
    }
    return <BrowseSkeleton />;
  }
  return (
    <div className="browse">
      {sidebar ? <Sidebar kinds={kinds} place={place} context={context} /> : null}
      <section className="list" aria-label={info ? kindName(t, info) : place.resource}>
        {info && source ? (
          <>
            <ListHeader info={info} place={place} />
            <TableArea key={table + ownKey} table={table} info={info} source={source} place={place} />
            <ActionCommands table={table} info={info} place={place} context={context} />
          </>
        ) : (
          <EmptyState
            title={t("browse.unknown.title", { resource: place.resource })}
            text={t("browse.unknown.text")}
            live
          >
            <Button onPress={() => openPalette()}>{t("palette.open")}</Button>
          </EmptyState>
        )}
      </section>
      {info && place.object ? (
        <>
          <PaneEdge />
          <Pane>
            <Part
              name="objectPane"
              props={{
                target: {
                  context,
                  group: info.group,
                  version: info.version,
                  plural: info.plural,
                  kind: info.kind,
                  ...place.object,
                },
                tab: place.tab,
                onTab: (tab) => browse({ tab }, { replace: true }),
                onClose: closePane,
              }}
            />
          </Pane>
        </>
      ) : null}
    </div>
  );
}

function closePane(): void {
  browse({ object: undefined, tab: undefined });
  requestAnimationFrame(() => focusGrid());
}

function Pane({ children }: { children: React.ReactNode }) {
  const width = useBrowse((state) => state.paneWidth);
  return (
    <div className="object-side" style={{ width }}>
      {children}
    </div>
  );
}

/** The places of things while discovery answers. */
function BrowseSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="browse" aria-busy>
      <div className="sidebar sidebar-waiting">
        {Array.from({ length: 18 }, (_, at) => at).map((at) => (
          <i key={at} className="bone" style={{ width: `${40 + ((at * 37) % 45)}%` }} />
        ))}
      </div>
      <p className="list-waiting" role="status">
        {t("browse.kinds.asking")}
      </p>
    </div>
  );
}
