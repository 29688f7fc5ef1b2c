import { useTranslation } from "react-i18next";
import type { InstallSettings } from "../../../../common/contract/index.ts";
import { useInstall } from "../../../state/install.ts";
import { openUpgrade } from "../../../state/upgrade.ts";
import { Banner } from "../../../ui/Banner.tsx";
import { Button } from "../../../ui/Button.tsx";

/** Where the folder has an installation: its plan is that of a change, which says what goes and asks for consent. */
export function InstalledAlready({ settings }: { settings: InstallSettings }) {
  const { t } = useTranslation();
  const installed = useInstall((state) =>
    state.known?.find(
      ({ state: is, settings: its }) =>
        is === "installed" &&
        its?.name === settings.name &&
        its.baseDir === settings.baseDir &&
        its.kfdef === undefined,
    ),
  );
  if (installed === undefined) return null;
  return (
    <Banner
      tone="info"
      title={t("upgrade.inWizard")}
      actions={<Button onPress={() => openUpgrade(installed.kfDir, settings)}>{t("upgrade.inWizardAction")}</Button>}
    />
  );
}
