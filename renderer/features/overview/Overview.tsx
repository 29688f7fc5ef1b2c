import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId } from "../../../common/contract/index.ts";
import { useBrowse } from "../../state/browse.ts";
import { useCluster } from "../../state/cluster.ts";
import { ClusterNeeded } from "../../state/connected/ClusterNeeded.tsx";
import { Part } from "../../state/contributions.tsx";
import { placeToBrowse } from "../../state/place-to-browse.ts";
import { type BrowsePlace, lookAtNamespaces, useRoute } from "../../state/route.ts";
import { useStream } from "../../state/use-stream.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { KindCards } from "./KindCards.tsx";
import { NodeBars } from "./NodeBars.tsx";
import { Warnings } from "./Warnings.tsx";
import "./Overview.css";

/** How the chosen cluster is doing at a glance, beside its kinds. */
export function Overview() {
  const { t } = useTranslation();
  const chosen = useCluster((state) => state.chosen);
  const connected = useCluster((state) => state.state === "connected");
  const last = useRoute((state) => state.lastBrowse);
  useEffect(() => {
    document.title = `${t("overview.title")} · Flowdeck`;
  }, [t]);
  const place = placeToBrowse(last, chosen);
  if (chosen === undefined || !connected) return <ClusterNeeded place={place} />;
  return <ClusterOverview key={chosen} context={chosen} place={{ ...place, context: chosen }} />;
}

function ClusterOverview({ context, place }: { context: ContextId; place: BrowsePlace }) {
  const { t } = useTranslation();
  const sameCluster = useBrowse((state) => state.context === context);
  const kinds = useBrowse((state) => state.kinds);
  const sidebar = useBrowse((state) => state.sidebar);
  const { namespaces } = place;
  const { item, error } = useStream("overview.watch", { context, namespaces });
  return (
    <div className="browse">
      {/* No kind is the one that is looked at. */}
      {sidebar && sameCluster && kinds ? (
        <Part name="kinds" props={{ kinds, place: { ...place, resource: "" }, context }} />
      ) : null}
      <ScrollRegion label={t("overview.title")} className="overview">
        <header className="overview-head">
          <h1>{t("overview.title")}</h1>
          <span className="muted">
            {namespaces.length === 0
              ? t("overview.everywhere")
              : t("overview.inside", { namespaces: namespaces.join(", ") })}
          </span>
          {namespaces.length === 0 ? null : (
            <Button size="sm" onPress={() => lookAtNamespaces(context, [])}>
              {t("overview.showEverywhere")}
            </Button>
          )}
        </header>
        {error ? <ErrorBanner error={error} /> : null}
        {item ? (
          <>
            <KindCards kinds={item.kinds} place={place} />
            <div className="overview-columns">
              <NodeBars overview={item} />
              <Warnings
                warnings={item.warnings}
                context={context}
                place={place}
                kinds={sameCluster ? (kinds ?? []) : []}
              />
            </div>
          </>
        ) : error ? null : (
          <EmptyState title={t("overview.asking")} live />
        )}
      </ScrollRegion>
    </div>
  );
}
