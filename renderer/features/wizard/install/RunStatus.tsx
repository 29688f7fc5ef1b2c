import { useTranslation } from "react-i18next";
import type { InstallStatus } from "../../../../common/contract/index.ts";
import { Banner } from "../../../ui/Banner.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { useInstallationContext } from "../current-step.ts";

/** Where an installation that is not going on by itself stands, and what is true of the cluster then. */
export function Standing({ status }: { status: InstallStatus }) {
  const { t } = useTranslation();
  const { state, activity, objects } = status;
  const context = useInstallationContext();
  const missing =
    context.id === undefined &&
    state !== "installed" &&
    state !== "removed" &&
    state !== "running" &&
    state !== "removing";
  return (
    <>
      {state === "failed" && status.error ? <ErrorBanner error={status.error} /> : null}
      {state === "interrupted" || state === "cancelled" ? (
        <Banner tone="warn" title={t(`install.standing.${state}`)}>
          {t(activity === "install" ? "install.standing.applied" : "install.standing.gone", {
            done: objects.done,
            total: objects.total,
          })}
        </Banner>
      ) : null}
      {missing ? (
        <Banner tone="warn" title={t("install.contextMissing", { name: context.name ?? "?" })}>
          {t("install.contextMissingText")}
        </Banner>
      ) : null}
    </>
  );
}
