import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, ContextId } from "../../../../common/contract/index.ts";
import { client, settle } from "../../../state/client.ts";
import { useCall } from "../../../state/use-call.ts";
import { CheckLine } from "../../../ui/CheckLine.tsx";
import { ConfirmPane } from "../../../ui/ConfirmPane.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { Field } from "../../../ui/Field.tsx";

export interface DeleteRegistryProps {
  context: ContextId;
  named: { namespace: string; name: string };
  onKeep: () => void;
  onDeleted: () => void;
}

/** Deletes a registry of the cluster: first what goes with it, then its name, typed. */
export function DeleteRegistry({ context, named: { namespace, name }, onKeep, onDeleted }: DeleteRegistryProps) {
  const { t } = useTranslation();
  const { value, error, asking } = useCall("registryDeployment.contents", { context, namespace, name });
  const [typed, setTyped] = useState("");
  const [keepData, setKeepData] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<AppError | undefined>();
  const remove = async () => {
    if (busy) return;
    setBusy(true);
    const input = { context, namespace, name, confirm: typed, keepData };
    const answer = await settle(client().call("registryDeployment.delete", input));
    setBusy(false);
    if (answer.ok) onDeleted();
    else setFailed(answer.error);
  };
  return (
    <ConfirmPane
      title={t("registries.deploy.deleteTitle", { name })}
      confirm={busy ? t("registries.deploy.deleting") : t("registries.deploy.delete")}
      keep={t("common.cancel")}
      onConfirm={() => void remove()}
      onKeep={onKeep}
      isWaiting={asking || typed !== name}
    >
      {error ? <ErrorBanner error={error} /> : null}
      {failed ? <ErrorBanner error={failed} /> : null}
      {value ? (
        <>
          <p>{value.objects.map((one) => `${one.kind} ${one.name}`).join(", ")}</p>
          {value.pods > 0 ? (
            <p className="text-warn">{t("registries.deploy.pulledBy", { count: value.pods })}</p>
          ) : null}
          {value.data ? (
            <CheckLine isSelected={keepData} onChange={setKeepData}>
              {t("registries.deploy.keepData", { claim: value.data.claim, size: value.data.size })}
            </CheckLine>
          ) : null}
          {value.data?.reclaim === "Retain" ? <p className="muted">{t("registries.deploy.retained")}</p> : null}
        </>
      ) : null}
      <Field label={t("registries.deploy.typeName", { name })} value={typed} onChange={setTyped} mono />
    </ConfirmPane>
  );
}
