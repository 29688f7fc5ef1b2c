import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { InstallStatus } from "../../../../common/contract/index.ts";
import { useTitles } from "../../../state/use-titles.ts";
import { milestone } from "./milestones.ts";
import { useInstallWords } from "./use-install-words.ts";

/** Says milestones to a screen reader: politely, and only those. */
export function Announcer({ status }: { status: InstallStatus }) {
  const { t } = useTranslation();
  const words = useInstallWords();
  const title = useTitles().release(status);
  const titleOf = useRef(words.problem);
  titleOf.current = words.problem;
  const before = useRef<InstallStatus | undefined>(undefined);
  const [said, setSaid] = useState("");
  useEffect(() => {
    const next = milestone(before.current, status);
    before.current = status;
    if (!next) return;
    if (next.kind === "problem") setSaid(titleOf.current(next.problem).title);
    else if (next.kind === "percent")
      setSaid(t("install.said.percent", { percent: next.percent, ready: next.ready, total: next.total }));
    else setSaid(t(`install.said.${next.kind}`, { title }));
  }, [status, t, title]);
  return (
    <p className="sr-only" role="status" aria-live="polite">
      {said}
    </p>
  );
}
