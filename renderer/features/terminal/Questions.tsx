import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.tsx";
import { ConfirmPane } from "../../ui/ConfirmPane.tsx";
import { useCopy } from "../../ui/use-copy.ts";
import type { PasteWarning } from "./paste.ts";

const shownLines = 6;

/** Asked before lines are pasted into a shell that runs each of them at once, and before a text with control characters. */
export function PasteQuestion({
  warning: { text, lines, dropped },
  onAnswer,
}: {
  warning: PasteWarning;
  onAnswer: (paste: boolean) => void;
}) {
  const { t } = useTranslation();
  const all = text.trimEnd().split(/\r\n|\r|\n/);
  return (
    <div className="terminal-question">
      <ConfirmPane
        danger={false}
        title={lines > 0 ? t("terminal.pasteTitle", { count: lines }) : t("terminal.pasteCleanTitle")}
        confirm={t("terminal.paste")}
        keep={t("terminal.dontPaste")}
        onConfirm={() => onAnswer(true)}
        onKeep={() => onAnswer(false)}
      >
        {lines > 0 ? <p>{t("terminal.pasteWhy")}</p> : null}
        {dropped > 0 ? <p>{t("terminal.pasteDropped", { count: dropped })}</p> : null}
        <pre className="terminal-pasted">
          {all.slice(0, shownLines).join("\n") + (all.length > shownLines ? "\n…" : "")}
        </pre>
      </ConfirmPane>
    </div>
  );
}

/** What a terminal shows can come from anywhere: where a link leads to is shown before it is followed. */
export function LinkQuestion({ address, onDone }: { address: string; onDone: () => void }) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  return (
    <div className="terminal-question">
      <ConfirmPane
        danger={false}
        title={t("terminal.linkTitle")}
        confirm={t("terminal.openLink")}
        keep={t("terminal.dontOpen")}
        onConfirm={() => {
          window.open(address, "_blank", "noopener,noreferrer");
          onDone();
        }}
        onKeep={onDone}
      >
        <code className="terminal-address">{address}</code>
        <Button size="sm" onPress={() => copy(address)}>
          {copied ? t("terminal.copied") : t("terminal.copyLink")}
        </Button>
      </ConfirmPane>
    </div>
  );
}
