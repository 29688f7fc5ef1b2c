import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConnectorDraft, ContextId, SignInChange } from "../../../../common/contract/index.ts";
import { useCall } from "../../../state/use-call.ts";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { ChangePane } from "./ChangePane.tsx";
import { ConnectorForm } from "./ConnectorForm.tsx";
import { ImportForm } from "./ImportForm.tsx";
import { PeopleTable } from "./PeopleTable.tsx";
import { PersonForm } from "./PersonForm.tsx";
import { SecretsPane } from "./SecretsPane.tsx";
import { TokenForm } from "./TokenForm.tsx";
import "./SignIn.css";

/** What the dialog shows: the list, a form, or a change on its way. */
type Form =
  | { at: "list" | "add" | "import" | "token" }
  | { at: "password"; email: string }
  | { at: "connector"; known: ConnectorDraft | undefined };
type View = Form | { at: "change"; change: SignInChange; from: Form };

export interface SignInDialogProps {
  context: ContextId;
  /** The folder that records changes, where this computer has it. */
  kfDir: string | undefined;
  onClose: () => void;
}

/** Who signs in, and what can be changed about it. Nothing is written before it was reviewed. */
export function SignInDialog({ context, kfDir, onClose }: SignInDialogProps) {
  const { t } = useTranslation();
  const [view, setView] = useState<View>({ at: "list" });
  const [turn, setTurn] = useState(0);
  const [busy, setBusy] = useState(false);
  const place = { context, ...(kfDir === undefined ? {} : { kfDir }) };
  const list = () => setView({ at: "list" });
  const below = view.at === "change" ? view.from : view;
  const box = useFocusKept(view);
  const ask = (change: SignInChange) => setView({ at: "change", change, from: below });
  return (
    <Dialog title={t("people.title")} size="lg" onClose={busy ? () => undefined : onClose}>
      <div className="people" ref={box} tabIndex={-1}>
        {/* Under a change, what was typed stays for the way back. */}
        <div className="people" hidden={view.at === "change"}>
          {below.at === "list" ? (
            <ListView key={turn} place={place} onAsk={ask} onForm={setView} onClose={onClose} />
          ) : null}
          {below.at === "add" ? <PersonForm onSend={ask} onBack={list} /> : null}
          {below.at === "password" ? <PersonForm email={below.email} onSend={ask} onBack={list} /> : null}
          {below.at === "connector" ? <ConnectorForm known={below.known} onSend={ask} onBack={list} /> : null}
          {below.at === "token" ? <TokenForm place={place} onBack={list} /> : null}
          {below.at === "import" ? <ImportForm onSend={ask} onBack={list} /> : null}
        </div>
        {view.at === "change" ? (
          <ChangePane
            place={place}
            change={view.change}
            onBusy={setBusy}
            onBack={() => setView(view.from)}
            onDone={() => {
              setTurn(turn + 1);
              list();
            }}
          />
        ) : null}
      </div>
    </Dialog>
  );
}

/** With the button that was pressed the focus would go, too: it stays in the dialog, so that Escape still closes it. */
function useFocusKept(view: View) {
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef(view);
  useLayoutEffect(() => {
    if (shown.current === view) return;
    shown.current = view;
    if (!box.current?.contains(document.activeElement)) box.current?.focus();
  }, [view]);
  return box;
}

interface ListViewProps {
  place: { context: ContextId; kfDir?: string };
  onAsk: (change: SignInChange) => void;
  onForm: (view: Form) => void;
  onClose: () => void;
}

function ListView({ place, onAsk, onForm, onClose }: ListViewProps) {
  const { t } = useTranslation();
  const { value, error, asking } = useCall("signIn.read", place);
  return (
    <>
      {error ? <ErrorBanner error={error} /> : null}
      {asking ? <p role="status">{t("people.reading")}</p> : null}
      {value?.way === "none" ? <p>{t("people.noDex")}</p> : null}
      {value?.way === "dex" ? (
        <>
          <PeopleTable
            state={value}
            onAsk={onAsk}
            onForm={(at, email) => onForm(at === "password" ? { at, email } : { at })}
          />
          <SecretsPane state={value} onAsk={onAsk} onConnector={(known) => onForm({ at: "connector", known })} />
        </>
      ) : null}
      <div className="people-buttons">
        <Button onPress={() => onForm({ at: "token" })}>{t("people.token")}</Button>
        <span className="grow" />
        <Button onPress={onClose}>{t("people.close")}</Button>
      </div>
    </>
  );
}
