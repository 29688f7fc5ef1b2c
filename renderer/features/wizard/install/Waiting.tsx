import { useTranslation } from "react-i18next";
import type { InstallStatus } from "../../../../common/contract/index.ts";
import { isActive } from "../../../state/install.ts";
import { Card } from "../../../ui/Card.tsx";
import { Foreign } from "../../../ui/Foreign.tsx";
import { useFormat } from "../../../ui/format.ts";
import { ArrowRight } from "../../../ui/icons.ts";
import { Marked } from "../../../ui/Marked.tsx";
import { useElapsed } from "./use-elapsed.ts";
import { useInstallWords } from "./use-install-words.ts";

const shownAtOnce = 8;

/** What is being waited for, by whom, and why. */
export function Waiting({ status }: { status: InstallStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const elapsed = useElapsed(status);
  const { waiting } = status;
  const words = useInstallWords();
  const shown = waiting
    .slice(0, shownAtOnce)
    .map((item) => ({ ...words.wait(item), component: item.component, sinceMs: item.sinceMs }));
  return (
    <Card
      title={t("install.waiting")}
      aside={waiting.length > 0 ? <span className="faint">{waiting.length}</span> : null}
      className="waiting"
    >
      {shown.length === 0 ? (
        <p className="hint">{isActive(status) ? t("install.waitingNothing") : t("install.waitingStopped")}</p>
      ) : (
        <ul>
          {shown.map((item) => (
            <li key={`${item.component ?? ""} ${item.what} ${item.forWhat}`}>
              <span>
                <b>{item.forWhat}</b>
                {item.forWhat.startsWith(item.what) ? null : (
                  <>
                    {" "}
                    <ArrowRight aria-hidden size={12} />
                    <span className="sr-only">{t("install.waitedBy")}</span> {item.what}
                  </>
                )}
              </span>
              <small>
                {item.quoted ? <Foreign>{item.because}</Foreign> : <Marked>{item.because}</Marked>} ·{" "}
                {format.duration(elapsed - item.sinceMs)}
              </small>
            </li>
          ))}
        </ul>
      )}
      {waiting.length > shown.length ? (
        <p className="hint">{t("install.more", { count: waiting.length - shown.length })}</p>
      ) : null}
    </Card>
  );
}
