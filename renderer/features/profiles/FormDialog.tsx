import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError } from "../../../common/contract/index.ts";
import { settle } from "../../state/client.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";

export interface FormDialogProps {
  title: string;
  confirm: string;
  danger?: boolean;
  isDisabled?: boolean;
  /** Asks the backend; undefined: what was entered can't be sent, and the fields say why. */
  send: () => Promise<unknown> | undefined;
  onDone: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form that is sent to the backend as a whole: what that refuses stands above it, and nothing typed is lost. */
export function FormDialog({ title, confirm, danger, isDisabled, send, onDone, onClose, children }: FormDialogProps) {
  const { t } = useTranslation();
  const id = useId();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | undefined>();
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy || isDisabled) return;
    const work = send();
    if (work === undefined) return;
    setBusy(true);
    const answer = await settle(work);
    setBusy(false);
    if (answer.ok) onDone();
    else setError(answer.error);
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button
            variant={danger ? "danger" : "primary"}
            type="submit"
            form={id}
            isDisabled={busy || (isDisabled ?? false)}
          >
            {confirm}
          </Button>
          <Button onPress={onClose}>{t("common.cancel")}</Button>
        </>
      }
    >
      <form id={id} className="profile-form" onSubmit={(event) => void submit(event)}>
        {error ? <ErrorBanner error={error} /> : null}
        {children}
      </form>
    </Dialog>
  );
}
