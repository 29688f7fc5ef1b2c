import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId } from "../../../common/contract/index.ts";
import { chosenContext, useCluster } from "../../state/cluster.ts";
import { ClusterNeeded } from "../../state/connected/ClusterNeeded.tsx";
import { placeToBrowse } from "../../state/place-to-browse.ts";
import { goStep, useRoute } from "../../state/route.ts";
import { useStream } from "../../state/use-stream.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Boxes, LoaderCircle } from "../../ui/icons.ts";
import { ExpiryBanners } from "./address/ExpiryBanners.tsx";
import { InstallationView } from "./InstallationView.tsx";
import { UpgradePage } from "./upgrade/UpgradePage.tsx";
import "./Kubeflow.css";

/** What is installed in the chosen cluster, whether it works, and what can be done with it. */
export function KubeflowPlace({ upgrade }: { upgrade: string | undefined }) {
  const { t } = useTranslation();
  const chosen = useCluster((state) => state.chosen);
  const connected = useCluster((state) => state.state === "connected");
  const last = useRoute((state) => state.lastBrowse);
  useEffect(() => {
    document.title = `${t("kubeflow.title")} · Flowdeck`;
  }, [t]);
  if (chosen === undefined || !connected)
    return (
      <>
        <ExpiryBanners />
        <ClusterNeeded place={placeToBrowse(last, chosen)} />
      </>
    );
  if (upgrade !== undefined) return <UpgradePage key={`${chosen} ${upgrade}`} kfDir={upgrade} context={chosen} />;
  return <OfCluster key={chosen} context={chosen} />;
}

function OfCluster({ context }: { context: ContextId }) {
  const { t } = useTranslation();
  const { item, error } = useStream("installed.watch", { context });
  const cluster = useCluster((state) => chosenContext(state)?.name ?? "");
  const [selected, setSelected] = useState<string>();
  if (item === undefined) {
    return (
      <div className="kubeflow-empty">
        <h1 className="sr-only">{t("kubeflow.title")}</h1>
        {error ? (
          <ErrorBanner error={error} />
        ) : (
          <EmptyState icon={<LoaderCircle aria-hidden className="spin" />} title={t("kubeflow.looking")} live />
        )}
      </div>
    );
  }
  const view = item.installations.find(({ id }) => id === selected) ?? item.installations[0];
  if (view === undefined) {
    return (
      <div className="kubeflow-empty">
        <h1 className="sr-only">{t("kubeflow.title")}</h1>
        <EmptyState icon={<Boxes aria-hidden />} title={t("kubeflow.none")} text={t("kubeflow.noneText")}>
          <Button variant="primary" onPress={() => goStep("cluster")}>
            {t("kubeflow.install")}
          </Button>
        </EmptyState>
      </div>
    );
  }
  return (
    <InstallationView
      key={view.id}
      {...{ view, context, cluster, error }}
      others={item.installations}
      onChoose={setSelected}
    />
  );
}
