import { useTranslation } from "react-i18next";
import { useLanguage } from "../../../i18n/use-language.ts";
import { useDraft } from "../../../state/draft.ts";
import { CopyLines } from "../../../ui/CopyLines.tsx";
import { useFormat } from "../../../ui/format.ts";
import { quoted } from "../../../ui/shell.ts";
import { currentConfigUri, currentRelease } from "../current-step.ts";
import { Teach } from "../ExplainPanel.tsx";
import { KfDefTeach } from "../kfdef/KfDefExplain.tsx";

/** The settings as the shell variables that Kubeflow's own guides use, as they are typed; and why they are asked for. */
export function SettingsAside({ signIn }: { signIn: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useLanguage();
  const draft = useDraft();
  const release = currentRelease(draft);
  const configUri = currentConfigUri(draft);
  return (
    <>
      <Teach title={t("settings.asShell")}>
        <div className="settings-shell">
          <CopyLines
            label={t("settings.asShell")}
            wrap={configUri !== undefined}
            lines={[
              `export KF_NAME=${quoted(draft.name)}`,
              `export BASE_DIR=${quoted(draft.baseDir)}`,
              // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own variables
              "export KF_DIR=${BASE_DIR}/${KF_NAME}",
              `export CONFIG_URI=${quoted(configUri ?? release?.configUri ?? "")}`,
            ]}
          />
        </div>
      </Teach>
      <Teach title={t("settings.teachFolder.title")}>{t("settings.teachFolder.text")}</Teach>
      {configUri !== undefined ? (
        <KfDefTeach />
      ) : signIn ? (
        <Teach title={t("settings.teachDex.title")}>{t("settings.teachDex.text")}</Teach>
      ) : release?.capabilities.signIn === "none" ? (
        <Teach title={t("settings.teachNoSignIn.title")}>{t("settings.teachNoSignIn.text")}</Teach>
      ) : null}
      {release ? (
        <Teach title={t("settings.teachRoom.title")}>
          {t("settings.teachRoom.text", {
            title: release.title[language],
            cpu: format.number(release.recommended.cpu),
            memory: format.number(release.recommended.memoryGiB),
            disk: format.number(release.recommended.diskGiB),
          })}
        </Teach>
      ) : null}
    </>
  );
}
