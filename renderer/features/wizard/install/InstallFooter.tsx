import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { InstallStatus } from "../../../../common/contract/index.ts";
import { cancelInstall, continueInstall } from "../../../state/install.ts";
import { go, goStep } from "../../../state/route.ts";
import { useTitles } from "../../../state/use-titles.ts";
import { Button } from "../../../ui/Button.tsx";
import { ConfirmPane } from "../../../ui/ConfirmPane.tsx";
import { useFix } from "../../../ui/fix-context.ts";
import { CommandsButton } from "../CommandsButton.tsx";
import { useInstallationContext } from "../current-step.ts";
import { RemovePane } from "./RemovePane.tsx";

/** The buttons that fit how it stands; a question is asked above them, in place. */
export function InstallFooter({ status }: { status: InstallStatus }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<"cancel" | "remove" | undefined>(undefined);
  const context = useInstallationContext().id;
  const titles = useTitles();
  const { state, kfDir } = status;
  const running = state === "running" || state === "removing";
  const stopped = state === "interrupted" || state === "cancelled" || state === "failed";
  const error = state === "failed" ? status.error : undefined;
  // what is to be done about it is the banner's button then
  const fix = useFix(error?.fix);
  const isOutOfDate = error?.code === "plan-stale";
  return (
    <div className="install-foot">
      {asking === "cancel" && running ? (
        <ConfirmPane
          title={t(status.activity === "install" ? "install.cancel.title" : "install.cancel.titleRemoving")}
          confirm={t("install.cancel.confirm")}
          keep={t("install.cancel.keep")}
          onKeep={() => setAsking(undefined)}
          onConfirm={() => {
            setAsking(undefined);
            void cancelInstall(kfDir);
          }}
        >
          <p>
            {t(status.activity === "install" ? "install.cancel.stays" : "install.cancel.staysRemoving", {
              done: status.objects.done,
            })}
          </p>
        </ConfirmPane>
      ) : null}
      {asking === "remove" && context !== undefined && !running ? (
        <RemovePane
          kfDir={kfDir}
          title={titles.release(status)}
          context={context}
          onClose={() => setAsking(undefined)}
        />
      ) : null}
      <div className="pane-foot">
        <span className="foot-note">{running ? t("install.safeToClose") : null}</span>
        <span className="grow" />
        <CommandsButton step="install" />
        {running ? (
          <Button variant="default" onPress={() => setAsking("cancel")}>
            {t("install.cancel.ask")}
          </Button>
        ) : null}
        {stopped && context !== undefined ? (
          <>
            {status.activity === "install" ? (
              <Button onPress={() => setAsking("remove")}>{t("done.remove.ask")}</Button>
            ) : null}
            {status.activity === "install" ? (
              // going on would be to apply what nobody has looked at
              isOutOfDate ? null : (
                <Button variant={fix ? "default" : "primary"} onPress={() => void continueInstall(kfDir, context)}>
                  {t("install.continue")}
                </Button>
              )
            ) : (
              // what the folder says was begun removes nothing: it is asked for as any removal is
              <Button variant="primary" onPress={() => setAsking("remove")}>
                {t("install.continueRemoving")}
              </Button>
            )}
          </>
        ) : null}
        {stopped && context === undefined ? (
          <Button variant="primary" onPress={() => goStep("cluster")}>
            {t("steps.cluster")}
          </Button>
        ) : null}
        {state === "installed" ? (
          <Button variant="primary" onPress={() => goStep("done")}>
            {t("install.toDone")}
          </Button>
        ) : null}
        {state === "removed" ? (
          <Button variant="primary" onPress={() => go({ place: "home" })}>
            {t("install.toHome")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
