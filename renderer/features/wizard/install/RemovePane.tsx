import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, ContextId } from "../../../../common/contract/index.ts";
import { removeInstallation, takeInstallError } from "../../../state/install.ts";
import { goStep } from "../../../state/route.ts";
import { useCall } from "../../../state/use-call.ts";
import { CheckLine } from "../../../ui/CheckLine.tsx";
import { ConfirmPane } from "../../../ui/ConfirmPane.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { RemovalOutlook } from "./RemovalOutlook.tsx";

interface RemovePaneProps {
  kfDir: string;
  /** What is installed there. */
  title: string;
  context: ContextId;
  onClose: () => void;
}

/** Uninstall: what goes, what stays, and whether users' data and what others made go too. What refuses it is said here. */
export function RemovePane({ kfDir, title, context, onClose }: RemovePaneProps) {
  const { t } = useTranslation();
  const [data, setData] = useState(false);
  const [others, setOthers] = useState(false);
  const asked = { kfDir, context, data };
  const outlook = useCall("install.removalPlan", { ...asked, others });
  const careful = useCall("install.removalPlan", { ...asked, others: false });
  const [refusal, setRefusal] = useState<AppError | undefined>(undefined);
  // the KfDef says that it was applied to a cluster of another name: only the user knows whether it is the same one
  const guarded = refusal?.fix?.id === "force-remove";
  // the folder may come from somebody else, with another installation's id in it
  const unknown = refusal?.fix?.id === "confirm-installation";
  const [granted, setGranted] = useState<{ force?: boolean; installation?: string | undefined }>({});
  const remove = async () => {
    const now = {
      ...granted,
      ...(guarded ? { force: true } : {}),
      ...(unknown ? { installation: refusal?.fix?.params?.installation } : {}),
    };
    setGranted(now);
    const began = await removeInstallation(kfDir, context, { data, others, ...now });
    if (!began) {
      setRefusal(takeInstallError());
      return;
    }
    onClose();
    goStep("install");
  };
  const confirm = data ? t("done.remove.confirmData") : t("done.remove.confirm");
  return (
    <ConfirmPane
      title={t("done.remove.title", { title })}
      confirm={guarded ? t("kfdef.force.confirm") : unknown ? t("done.remove.confirmOther") : confirm}
      keep={t("common.keep")}
      onKeep={onClose}
      onConfirm={() => void remove()}
      isWaiting={outlook.asking}
    >
      {refusal ? <ErrorBanner error={refusal} /> : null}
      <p>{guarded ? t("kfdef.force.text") : t(unknown ? "done.remove.textOther" : "done.remove.text")}</p>
      <CheckLine isSelected={data} onChange={setData}>
        {t("done.remove.data")}
        <small className="hint remove-hint">{t(data ? "done.remove.dataOn" : "done.remove.dataOff")}</small>
      </CheckLine>
      <RemovalOutlook
        plan={outlook.value}
        error={outlook.error}
        theirs={careful.value?.others ?? []}
        others={others}
        onOthers={setOthers}
      />
    </ConfirmPane>
  );
}
