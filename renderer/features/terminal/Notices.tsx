import { useTranslation } from "react-i18next";
import type { ShellSession } from "../../../common/contract/index.ts";
import { Info, TriangleAlert } from "../../ui/icons.ts";

/** What is to be known about a session before typing into it. */
export function Notices({ session }: { session: ShellSession | undefined }) {
  const { t } = useTranslation();
  if (session === undefined || session.end !== undefined) return null;
  const notices = session.notices.map((notice): { id: string; words: string } => ({
    id: notice,
    words: t(`shells.notice.${notice}`),
  }));
  if (!session.reads) notices.push({ id: "pod-ending", words: t("shells.attachedOnly") });
  if (notices.length === 0) return null;
  return (
    <div className="shell-bar" role="status">
      {notices.map(({ id, words }) => (
        <span key={words} className="shell-notice">
          {id === "pod-ending" ? <TriangleAlert size={14} aria-hidden /> : <Info size={14} aria-hidden />}
          {words}
        </span>
      ))}
    </div>
  );
}
