import { useState } from "react";
import { useTranslation } from "react-i18next";
import { removeInstallation } from "../../store/install.ts";
import { goStep } from "../../store/route.ts";
import { CheckLine } from "../../ui/CheckLine.tsx";
import { ConfirmPane } from "../../ui/ConfirmPane.tsx";

/** Uninstall: what goes, what stays, and whether the user's data goes too. */
export function RemovePane({ kfDir, context, onClose }: { kfDir: string; context: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [data, setData] = useState(false);
  return (
    <ConfirmPane
      title={t("done.remove.title")}
      confirm={data ? t("done.remove.confirmData") : t("done.remove.confirm")}
      keep={t("common.keep")}
      onKeep={onClose}
      onConfirm={() => {
        onClose();
        removeInstallation(kfDir, context, data).then(
          (began) => began && goStep("install"),
          () => undefined,
        ); // its failures are state
      }}
    >
      <p>{t("done.remove.text")}</p>
      <CheckLine isSelected={data} onChange={setData}>
        {t("done.remove.data")}
        <small className="hint remove-hint">{t(data ? "done.remove.dataOn" : "done.remove.dataOff")}</small>
      </CheckLine>
    </ConfirmPane>
  );
}
