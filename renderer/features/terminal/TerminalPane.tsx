import { type ClipboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { TerminalRequest, TerminalSession } from "../../../common/contract/index.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { useCopy } from "../../ui/use-copy.ts";
import { ApprovalFirst } from "./ApprovalFirst.tsx";
import { EndedBar } from "./EndedBar.tsx";
import { Notices } from "./Notices.tsx";
import { type PasteWarning, readPaste } from "./paste.ts";
import { LinkQuestion, PasteQuestion } from "./Questions.tsx";
import { SearchBar } from "./SearchBar.tsx";
import { useTerminal } from "./use-terminal.ts";
import "./terminal.css";

export interface TerminalPaneProps {
  title: string;
  request: TerminalRequest;
  session: string | undefined;
  active: boolean;
  onOpened: (session: TerminalSession) => void;
  /** Opens a new session in the place of this one. */
  onAgain: () => void;
}

/** A terminal with what may have to be said around it. */
export function TerminalPane({ title, request, session, active, onOpened, onAgain }: TerminalPaneProps) {
  const { t } = useTranslation();
  const element = useRef<HTMLDivElement>(null);
  const [searching, setSearching] = useState(false);
  const [pasting, setPasting] = useState<PasteWarning | undefined>();
  const [address, setAddress] = useState<string | undefined>();
  const [turn, setTurn] = useState(0);
  const { copy } = useCopy();
  const terminal = useTerminal(element, {
    ...{ request, session, active, turn, onOpened },
    label: t("terminal.terminal", { title }),
    onSearch: () => setSearching(true),
    onLink: (link) => setAddress(link.startsWith("https://") ? link : undefined),
    onCopy: (text) => text !== "" && copy(text),
  });
  const { parts, error, moved } = terminal;
  const again = () => {
    onAgain();
    setTurn((count) => count + 1);
  };
  const back = () => parts?.terminal.focus();

  const onPaste = (event: ClipboardEvent) => {
    if (parts === undefined || !(event.target instanceof Element) || !element.current?.contains(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    const pasted = event.clipboardData.getData("text/plain");
    const { ask, ...warning } = readPaste(pasted, parts.terminal.modes.bracketedPasteMode);
    if (ask) setPasting(warning);
    else parts.terminal.paste(warning.text);
  };

  return (
    <div className="terminal" onPasteCapture={onPaste}>
      {error ? (
        <div className="terminal-banner">
          {error.code === "exec-needs-approval" ? (
            <ApprovalFirst error={error} onApproved={again} />
          ) : (
            <ErrorBanner error={error} actions={<Button onPress={again}>{t("terminal.again")}</Button>} />
          )}
        </div>
      ) : null}
      {moved ? (
        <div className="terminal-bar" role="status">
          <span>{t("terminal.moved")}</span>
          <Button size="sm" onPress={() => setTurn((count) => count + 1)}>
            {t("terminal.takeBack")}
          </Button>
        </div>
      ) : null}
      <Notices session={terminal.session} />
      {pasting ? (
        <PasteQuestion
          warning={pasting}
          onAnswer={(paste) => {
            setPasting(undefined);
            if (paste) parts?.terminal.paste(pasting.text);
            back();
          }}
        />
      ) : null}
      {address === undefined ? null : (
        <LinkQuestion
          address={address}
          onDone={() => {
            setAddress(undefined);
            back();
          }}
        />
      )}
      {searching && parts ? (
        <SearchBar
          search={parts.search}
          onClose={() => {
            setSearching(false);
            back();
          }}
        />
      ) : null}
      <div className="terminal-screen" ref={element} />
      {terminal.session?.end ? <EndedBar session={terminal.session} onAgain={again} /> : null}
    </div>
  );
}
