import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { InstallStatus } from "../../../../common/contract/index.ts";
import { useTitles } from "../../../state/use-titles.ts";
import { useFormat, wholePercent } from "../../../ui/format.ts";
import { Progress } from "../../../ui/Progress.tsx";
import { podsUp } from "./pods.ts";
import { useElapsed } from "./use-elapsed.ts";

/** Title, counts, time, and the one percentage. */
export function InstallHead({ status }: { status: InstallStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const titles = useTitles();
  const heading = useRef<HTMLHeadingElement>(null);
  const elapsed = useElapsed(status);
  const title = titleOf(status);
  const words = t(`install.title.${title}`, { title: titles.release(status) });
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.title = `${wholePercent(status.fraction)}% · ${words} · Flowdeck`;
  }, [status.fraction, words]);
  const removing = status.activity === "uninstall";
  const counts = [
    status.objects.total === 0
      ? t(removing ? "install.lookingAtCluster" : "install.lookingAtPlan")
      : t(removing ? "install.objectsRemoved" : "install.objectsDone", {
          done: format.number(status.objects.done),
          total: format.number(status.objects.total),
        }),
    removing || status.podsTotal === 0
      ? undefined
      : t("install.podsUp", { up: podsUp(status.pods), total: Math.max(status.podsTotal, status.pods.length) }),
    format.duration(elapsed),
  ].filter((part) => part !== undefined);
  return (
    <header className="install-head">
      <div className="install-line">
        <h1 ref={heading} tabIndex={-1}>
          {words}
        </h1>
        <span className="install-counts">{counts.join(" · ")}</span>
        <b className="install-percent">{wholePercent(status.fraction)}%</b>
      </div>
      <Progress label={words} fraction={status.fraction} tone={status.state === "failed" ? "bad" : "accent"} />
    </header>
  );
}

/** Which title fits: what is going on, or how it ended. */
function titleOf({ activity, state }: InstallStatus) {
  if (state === "installed") return "installed" as const;
  if (state === "removed") return "removed" as const;
  const stopped = state === "interrupted" || state === "cancelled" || state === "failed";
  if (activity === "uninstall") return stopped ? ("removingStopped" as const) : ("removing" as const);
  return stopped ? ("installingStopped" as const) : ("installing" as const);
}
