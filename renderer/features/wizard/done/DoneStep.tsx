import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asksForPassword } from "../../../../common/contract/index.ts";
import { useDraft } from "../../../state/draft.ts";
import { useInstall } from "../../../state/install.ts";
import { go, goStep } from "../../../state/route.ts";
import { useTitles } from "../../../state/use-titles.ts";
import { Banner } from "../../../ui/Banner.tsx";
import { Button } from "../../../ui/Button.tsx";
import { useFormat } from "../../../ui/format.ts";
import { CommandsButton, CommandsTeach } from "../CommandsButton.tsx";
import { useInstallationContext } from "../current-step.ts";
import { Teach } from "../ExplainPanel.tsx";
import { podsUp } from "../install/pods.ts";
import { RemovePane } from "../install/RemovePane.tsx";
import { FirstVisit } from "../kfdef/FirstVisit.tsx";
import { KfDefAddress } from "../kfdef/KfDefAddress.tsx";
import { StepLayout } from "../StepLayout.tsx";
import { DashboardCard } from "./DashboardCard.tsx";
import { NextCards } from "./NextCards.tsx";
import "./Done.css";

export function DoneStep() {
  const { t } = useTranslation();
  const format = useFormat();
  const titles = useTitles();
  const status = useInstall((state) => state.status);
  const known = useInstall((state) => state.known);
  const releases = useDraft((state) => state.releases);
  const [removing, setRemoving] = useState(false);
  const context = useInstallationContext();
  if (!status || (status.state !== "installed" && status.state !== "removed"))
    return (
      <StepLayout
        title={t("steps.done")}
        footer={
          <Button variant="ghost" onPress={() => goStep("install")}>
            {t("common.back")}
          </Button>
        }
      >
        <Banner tone="info" title={t("steps.locked.done")} />
      </StepLayout>
    );
  if (status.state === "removed")
    return (
      <StepLayout
        title={t("install.title.removed", { title: titles.release(status) })}
        intro={t("done.removed")}
        footer={
          <>
            <span className="grow" />
            <Button variant="primary" onPress={() => go({ place: "home" })}>
              {t("install.toHome")}
            </Button>
          </>
        }
      >
        {null}
      </StepLayout>
    );
  const settings = known?.find((entry) => entry.kfDir === status.kfDir)?.settings;
  const release = releases?.find(({ id }) => id === status.release);
  const isFromFile = release?.capabilities.components === "file";
  const signIn = release !== undefined && asksForPassword(release.capabilities, settings?.auth ?? "dex");
  return (
    <StepLayout
      title={t("install.title.installed", { title: titles.release(status) })}
      intro={t("done.intro", {
        objects: format.number(status.objects.total),
        pods: format.number(podsUp(status.pods)),
        time: format.duration(status.elapsedMs),
        cluster: context.name ?? "",
      })}
      aside={
        <>
          <CommandsTeach step="done" />
          <Teach title={t("done.teachForward.title")}>{t("done.teachForward.text")}</Teach>
          <Teach title={t("done.teachFolder.title")}>
            {t(isFromFile ? "kfdef.done.folder" : "done.teachFolder.text", { kfDir: status.kfDir })}
          </Teach>
        </>
      }
      footer={
        <>
          <Button variant="ghost" onPress={() => goStep("install")}>
            {t("common.back")}
          </Button>
          <span className="grow" />
          <CommandsButton step="done" />
          <Button onPress={() => setRemoving(true)} isDisabled={removing || context.id === undefined}>
            {t("done.remove.ask")}
          </Button>
        </>
      }
    >
      {removing && context.id !== undefined ? (
        <div className="done-remove">
          <RemovePane
            kfDir={status.kfDir}
            title={titles.release(status)}
            context={context.id}
            onClose={() => setRemoving(false)}
          />
        </div>
      ) : null}
      {context.id === undefined ? (
        <Banner tone="warn" title={t("install.contextMissing", { name: context.name ?? "?" })}>
          {t("install.contextMissingText")}
        </Banner>
      ) : (
        <DashboardCard kfDir={status.kfDir} context={context.id} signIn={signIn} email={settings?.email}>
          {isFromFile ? <KfDefAddress contextName={context.name} /> : null}
        </DashboardCard>
      )}
      {isFromFile ? <FirstVisit signIn={signIn} /> : null}
      <NextCards kfDir={status.kfDir} namespace={isFromFile ? undefined : settings?.userNamespace} />
    </StepLayout>
  );
}
