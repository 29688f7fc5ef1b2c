import { type FormEvent, use, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccessSettings, ContextId } from "../../../../common/contract/index.ts";
import { en } from "../../../../common/words/catalogue.ts";
import { accessDraftOf, noCertificate, writtenAccess } from "../../../state/access-draft.ts";
import { AccessForm } from "../../../state/connected/AccessForm.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { type FindFix, FixContext } from "../../../ui/fix-context.ts";
import { AddressReview } from "./AddressReview.tsx";

export interface AddressDialogProps {
  context: ContextId;
  kfDir: string;
  access: AccessSettings;
  /** The way in was changed: try it anew. */
  onChanged: () => void;
  onClose: () => void;
}

/** Another way in: the same form as in the wizard, what it would change, and how that went. */
export function AddressDialog({ context, kfDir, access, onChanged, onClose }: AddressDialogProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => accessDraftOf(access));
  const [certificate, setCertificate] = useState(noCertificate);
  const [asked, setAsked] = useState(false);
  const [reviewing, setReviewing] = useState(false);
  const [busy, setBusy] = useState(false);
  const kept = access.tls.kind === "given";
  const written = writtenAccess(draft, certificate, kept);
  const { problem } = written;
  const otherFix = use(FixContext);
  /** Another port is taken in this form, not in the wizard's. */
  const fixHere: FindFix = (fix) => {
    const port = Number(fix.params?.port);
    if (fix.id !== "node-port" || !Number.isInteger(port)) return otherFix(fix);
    return {
      label: t("fix.nodePort", { port: String(port) }),
      run: () => setDraft({ ...draft, nodePort: port }),
    };
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (problem === undefined) setReviewing(true);
  };
  return (
    <Dialog title={t("wayIn.dialog")} size="lg" onClose={busy ? () => undefined : onClose}>
      {/* Under the review, what was typed stays for the way back. */}
      <form onSubmit={submit} hidden={reviewing} className="address-form">
        <AccessForm
          context={context}
          draft={draft}
          certificate={certificate}
          kept={kept}
          problem={asked && problem ? { field: problem.field, words: wordsOf(problem.key) } : undefined}
          onChange={(change) => setDraft({ ...draft, ...change })}
          onCertificate={setCertificate}
        />
        <div className="address-buttons">
          <Button variant="primary" type="submit">
            {t("wayIn.review")}
          </Button>
          <Button onPress={onClose}>{t("common.cancel")}</Button>
        </div>
      </form>
      {reviewing && written.access ? (
        <FixContext value={fixHere}>
          <AddressReview
            request={{
              ...{ kfDir, context, access: written.access },
              ...(written.certificate ? { certificate: written.certificate } : {}),
            }}
            onBusy={setBusy}
            onBack={() => setReviewing(false)}
            onChanged={onChanged}
            onClose={onClose}
          />
        </FixContext>
      ) : null}
    </Dialog>
  );

  function wordsOf(key: string): string {
    return isProblem(key) ? t(`settings.problem.${key}`) : key;
  }
}

type ProblemKey = keyof typeof en.settings.problem;

function isProblem(key: string): key is ProblemKey {
  return key in en.settings.problem;
}
