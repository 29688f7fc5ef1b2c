import { useTranslation } from "react-i18next";
import type { TerminalSession } from "../../../common/contract/index.ts";
import { Info, TriangleAlert } from "../../ui/icons.ts";

/** What is to be known about a session before typing into it. */
export function Notices({ session }: { session: TerminalSession | undefined }) {
  const { t } = useTranslation();
  if (session === undefined || session.end !== undefined) return null;
  const notices = session.notices.map((notice): { id: string; words: string } => ({
    id: notice,
    words: t(`terminal.notice.${notice}`),
  }));
  if (!session.reads) notices.push({ id: "pod-ending", words: t("terminal.attachedOnly") });
  if (notices.length === 0) return null;
  return (
    <div className="terminal-bar" role="status">
      {notices.map(({ id, words }) => (
        <span key={words} className="terminal-notice">
          {id === "pod-ending" ? <TriangleAlert size={14} aria-hidden /> : <Info size={14} aria-hidden />}
          {words}
        </span>
      ))}
    </div>
  );
}
