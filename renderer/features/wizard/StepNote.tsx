import { useTranslation } from "react-i18next";
import { useCluster } from "../../state/cluster.ts";
import { PracticeNote } from "../../state/connected/PracticeNote.tsx";
import { useInstall } from "../../state/install.ts";
import type { StepId } from "../../state/route.ts";

/** In the status bar: what there is to know beside the step that is on screen. */
export function StepNote({ step }: { step: StepId }) {
  const { t } = useTranslation();
  const ms = useCluster((state) => state.info?.latencyMs);
  const objects = useInstall((state) => state.status?.objects);
  if (step === "cluster") return <PracticeNote />;
  if (step === "settings") return t("settings.checked");
  const latency = ms === undefined ? [] : [t("frame.latency", { ms: Math.round(ms) })];
  const done =
    step === "install" && objects ? [t("install.objectsDone", { done: objects.done, total: objects.total })] : [];
  return [...done, ...latency].join(" · ");
}
