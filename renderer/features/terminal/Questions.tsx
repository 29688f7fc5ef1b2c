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
    <div className="shell-question">
      <ConfirmPane
        danger={false}
        title={lines > 0 ? t("shells.pasteTitle", { count: lines }) : t("shells.pasteCleanTitle")}
        confirm={t("shells.paste")}
        keep={t("shells.dontPaste")}
        onConfirm={() => onAnswer(true)}
        onKeep={() => onAnswer(false)}
      >
        {lines > 0 ? <p>{t("shells.pasteWhy")}</p> : null}
        {dropped > 0 ? <p>{t("shells.pasteDropped", { count: dropped })}</p> : null}
        <pre className="shell-pasted">
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
    <div className="shell-question">
      <ConfirmPane
        danger={false}
        title={t("shells.linkTitle")}
        confirm={t("shells.openLink")}
        keep={t("shells.dontOpen")}
        onConfirm={() => {
          window.open(address, "_blank", "noopener,noreferrer");
          onDone();
        }}
        onKeep={onDone}
      >
        <code className="shell-address">{address}</code>
        <Button size="sm" onPress={() => copy(address)}>
          {copied ? t("shells.copied") : t("shells.copyLink")}
        </Button>
      </ConfirmPane>
    </div>
  );
}
