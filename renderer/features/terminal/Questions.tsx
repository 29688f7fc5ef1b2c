import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.tsx";
import { ConfirmPane } from "../../ui/ConfirmPane.tsx";
import { useCopy } from "../../ui/use-copy.ts";

const shownLines = 6;

/** Pasting several lines into a shell that runs each of them at once is asked for. */
export function PasteQuestion({
  text,
  lines,
  onAnswer,
}: {
  text: string;
  lines: number;
  onAnswer: (paste: boolean) => void;
}) {
  const { t } = useTranslation();
  const all = text.trimEnd().split(/\r\n|\r|\n/);
  return (
    <div className="shell-question">
      <ConfirmPane
        danger={false}
        title={t("shells.pasteTitle", { count: lines })}
        confirm={t("shells.paste")}
        keep={t("shells.dontPaste")}
        onConfirm={() => onAnswer(true)}
        onKeep={() => onAnswer(false)}
      >
        <p>{t("shells.pasteWhy")}</p>
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
