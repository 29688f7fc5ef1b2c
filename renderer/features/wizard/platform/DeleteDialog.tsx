import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, PlatformAction } from "../../../../common/contract/index.ts";
import { useCall } from "../../../state/use-call.ts";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { Field } from "../../../ui/Field.tsx";
import { runAction } from "./actions.ts";
import { Prepared } from "./Prepared.tsx";

/** Deletes a cluster that Flowdeck created: first the commands, then its name, typed. */
export function DeleteDialog({ request, onClose }: { request: PlatformAction; onClose: () => void }) {
  const { t } = useTranslation();
  const { name } = request;
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<AppError>();
  const prepared = useCall("platforms.prepare", request);
  async function run(): Promise<void> {
    if (prepared.value === undefined) return;
    const failed = await runAction(request, prepared.value.digest, {
      title: t("platforms.job.delete", { name: request.name }),
      confirm: typed,
    });
    if (failed === undefined) onClose();
    else setError(failed);
  }
  return (
    <Dialog
      title={t("platforms.delete.title", { name })}
      onClose={onClose}
      footer={
        <>
          <Button
            variant="danger"
            isDisabled={typed !== name || prepared.value === undefined}
            onPress={() => void run()}
          >
            {t("platforms.delete.confirm")}
          </Button>
          <Button onPress={onClose}>{t("common.cancel")}</Button>
        </>
      }
    >
      {prepared.error ? <ErrorBanner error={prepared.error} /> : null}
      {error ? <ErrorBanner error={error} /> : null}
      {prepared.value ? <Prepared prepared={prepared.value} /> : null}
      <Field label={t("platforms.delete.type", { name })} value={typed} onChange={setTyped} autoComplete="off" mono />
    </Dialog>
  );
}
