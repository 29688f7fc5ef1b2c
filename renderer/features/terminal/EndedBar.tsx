import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { TerminalSession } from "../../../common/contract/index.ts";
import { Button } from "../../ui/Button.tsx";
import { useErrorWords } from "../../ui/use-error-words.ts";

/** That a session has ended, why, and how to go on; what it wrote stays above. */
export function EndedBar({ session, onAgain }: { session: TerminalSession; onAgain: () => void }) {
  const words = useErrorWords();
  const { t } = useTranslation();
  const { end, kind, workload } = session;
  if (end === undefined) return null;
  const said = end.error && words(end.error);
  const again =
    end.reason === "pod-gone" && workload
      ? t("terminal.newestPod", { workload: `${workload.kind} ${workload.name}` })
      : kind === "local"
        ? t("terminal.newTerminal")
        : t("terminal.again");
  return (
    <div className="terminal-bar terminal-ended" role="status">
      <span>
        {end.reason === "failed" && said ? said.title : endWords(t, session)}
        {said?.detail ? <span className="terminal-detail">{said.detail}</span> : null}
      </span>
      {kind === "program" ? null : (
        <Button size="sm" onPress={onAgain}>
          {again}
        </Button>
      )}
    </div>
  );
}

function endWords(t: TFunction, { end, target, title }: TerminalSession): string {
  const pod = target?.name ?? title;
  switch (end?.reason) {
    case "exited":
      return end.code ? t("terminal.end.exited", { code: end.code }) : t("terminal.end.done");
    case "signalled":
      return t("terminal.end.signalled", { signal: end.signal ?? "" });
    case "pod-gone":
      return t("terminal.end.podGone", { pod });
    case "disconnected":
    case "failed":
      return t("terminal.end.disconnected");
    default:
      return t("terminal.end.done");
  }
}
