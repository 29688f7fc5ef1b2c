import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, ContextId, InstalledView } from "../../../common/contract/index.ts";
import { go } from "../../state/route.ts";
import { openUpgrade } from "../../state/upgrade.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { useCopy } from "../../ui/use-copy.ts";
import { ActionsSection } from "./ActionsSection.tsx";
import { AddressSection } from "./AddressSection.tsx";
import { Attention } from "./Attention.tsx";
import { AddressAttention } from "./address/AddressAttention.tsx";
import { ExpiryBanners } from "./address/ExpiryBanners.tsx";
import { useAccess } from "./address/use-access.ts";
import { Components } from "./Components.tsx";
import { Doors } from "./Doors.tsx";
import { DriftSection } from "./DriftSection.tsx";
import { Head } from "./Head.tsx";
import { ImagesSection } from "./images/ImagesSection.tsx";
import { open } from "./open-installation.ts";
import { PeopleSection } from "./PeopleSection.tsx";
import { onPlaceKey, type PlaceAction } from "./place-keys.ts";
import { setSignInOpen } from "./sign-in/open-sign-in.ts";
import { UsageSection } from "./UsageSection.tsx";
import { useDashboard } from "./use-dashboard.ts";
import { useDrift } from "./use-drift.ts";

export interface InstallationViewProps {
  view: InstalledView;
  context: ContextId;
  /** What the context is called. */
  cluster: string;
  error: AppError | undefined;
  /** All installations of the cluster, this one among them. */
  others: readonly InstalledView[];
  onChoose: (id: string) => void;
}

/** One installation: is it well, what needs attention, where to go, and what it is made of. */
export function InstallationView({ view, context, cluster, error, others, onChoose }: InstallationViewProps) {
  const { t } = useTranslation();
  const { kfDir, origin, state } = view;
  const own = origin === "here" ? kfDir : undefined;
  const settled = state === "installed" || state === "failed" || state === "cancelled" || state === "interrupted";
  const drift = useDrift(settled ? own : undefined, context);
  const { access, tryAgain } = useAccess(view, context);
  const dashboard = useDashboard(view, context, access);
  const { copied, copy } = useCopy();
  const [comparing, setComparing] = useState(false);
  const canCompare = (drift.report?.objects.length ?? 0) > 0;
  const actions: Partial<Record<PlaceAction, () => void>> = {
    people: () => setSignInOpen(true),
    ...(view.profiles ? { profiles: () => go({ place: "profiles" }) } : {}),
    ...(dashboard.open && !dashboard.opening ? { dashboard: dashboard.open } : {}),
    ...(own === undefined
      ? {}
      : {
          upgrade: () => openUpgrade(own),
          change: () => open(own, "settings"),
          check: drift.check,
          folder: () => copy(own),
          uninstall: () => open(own, "done"),
          ...(canCompare ? { compare: () => setComparing(true) } : {}),
        }),
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: letters are shortcuts for the buttons in it
    <div className="kubeflow" onKeyDown={(event) => onPlaceKey(event, actions)}>
      <ScrollRegion label={t("kubeflow.title")} className="kubeflow-main">
        <Head {...{ view, cluster, others, onChoose, dashboard }} onCheck={drift.check} checking={drift.checking} />
        <ExpiryBanners except={own} />
        {error ? <ErrorBanner error={error} /> : null}
        {view.problem ? <ErrorBanner error={view.problem} tone="warn" /> : null}
        {own !== undefined && state !== "installed" ? (
          <Banner
            tone="info"
            title={t(titleOf(state))}
            actions={<Button onPress={() => open(own, "install")}>{t("kubeflow.toInstall")}</Button>}
          >
            {settled ? t("kubeflow.incompleteText") : null}
          </Banner>
        ) : null}
        <Attention view={view} context={context} />
        <AddressAttention access={access} kfDir={own} />
        <Doors view={view} context={context} access={access} />
        <Components view={view} context={context} />
        <UsageSection view={view} context={context} />
      </ScrollRegion>
      <ScrollRegion label={t("kubeflow.actions")} className="kubeflow-aside">
        <AddressSection view={view} context={context} access={access} onTryAgain={tryAgain} />
        {own === undefined ? (
          <section>
            <h2>{t("kubeflow.drift.title")}</h2>
            <p className="muted">{t(origin === "other" ? "kubeflow.otherText" : "kubeflow.elsewhereText")}</p>
          </section>
        ) : (
          <DriftSection drift={drift} kfDir={own} context={context} comparing={comparing} onCompare={setComparing} />
        )}
        <PeopleSection view={view} context={context} />
        <ImagesSection kfDir={own} context={context} />
        <ActionsSection view={view} context={context} actions={actions} copied={copied} />
      </ScrollRegion>
    </div>
  );
}

function titleOf(state: InstalledView["state"]) {
  if (state === "running") return "kubeflow.health.running" as const;
  return state === "removing" ? ("kubeflow.health.removing" as const) : ("kubeflow.health.incomplete" as const);
}
