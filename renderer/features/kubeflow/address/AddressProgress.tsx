import { useTranslation } from "react-i18next";
import type { AccessProgress, AccessView } from "../../../../common/contract/index.ts";
import { visibleBidi } from "../../../../common/text/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { CertificateProblems } from "../../../state/connected/CertificateFields.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { Progress } from "../../../ui/Progress.tsx";

export interface AddressProgressProps {
  progress: AccessProgress;
  running: boolean;
  /** Whoever started it no longer waits. */
  cancelled: boolean;
}

/** How a change of the way in is going: what is waited for, and then what was seen at the address. */
export function AddressProgress({ progress, running, cancelled }: AddressProgressProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { state, step, done, all, changed, waitsFor, view, error, trouble } = progress;
  const ended = () => {
    if (running) return `${t(`wayIn.step.${step}`)}${all > 0 ? ` ${done}/${all}` : ""}`;
    if (cancelled || state === "cancelled") return t(changed ? "wayIn.notAwaited" : "wayIn.canceled");
    if (state !== "done") return null;
    return t(error ? "wayIn.doneUnrecorded" : "wayIn.done");
  };
  return (
    <>
      {error ? <ErrorBanner error={error} /> : null}
      {trouble && !running ? <ErrorBanner error={trouble} tone="warn" /> : null}
      {running && all > 0 ? <Progress label={t(`wayIn.step.${step}`)} fraction={done / all} /> : null}
      <p role="status">
        {ended()}
        {running && waitsFor ? (
          <>
            <br />
            <span className="muted">{visibleBidi(textOf(waitsFor, language))}</span>
          </>
        ) : null}
      </p>
      {view && !running && !cancelled ? <Seen view={view} /> : null}
    </>
  );
}

function Seen({ view: { answer, attention } }: { view: AccessView }) {
  const { t } = useTranslation();
  if (attention.length > 0)
    return (
      <>
        <p>{t("wayIn.seenOther")}</p>
        <CertificateProblems problems={attention} />
      </>
    );
  return answer ? <p className="good">{t("wayIn.seenOk")}</p> : null;
}
