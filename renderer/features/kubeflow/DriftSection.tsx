import { useTranslation } from "react-i18next";
import type { ContextId, ObjectDrift } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { Age } from "../../ui/Age.tsx";
import { Button } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { DriftDialog } from "./DriftDialog.tsx";
import { managerName, nameOf } from "./drift-words.ts";
import type { DriftState } from "./use-drift.ts";
import { Values } from "./Values.tsx";

const shownAtFirst = 4;

export interface DriftSectionProps {
  drift: DriftState;
  kfDir: string;
  context: ContextId;
  /** The dialog with all of them is open. */
  comparing: boolean;
  onCompare: (comparing: boolean) => void;
}

/** What differs from what was installed: a few of them here, all in the dialog, where they are put back or kept. */
export function DriftSection({ drift, kfDir, context, comparing, onCompare }: DriftSectionProps) {
  const { t } = useTranslation();
  const { report, error, checking } = drift;
  const differing = report?.objects.filter(({ kept }) => !kept) ?? [];
  const kept = (report?.objects.length ?? 0) - differing.length;
  const more = differing.length - shownAtFirst;
  return (
    <section aria-busy={checking}>
      <h2>
        {differing.length === 0 ? t("kubeflow.drift.title") : t("kubeflow.drift.differ", { count: differing.length })}
      </h2>
      {error ? <ErrorBanner error={error} tone="warn" /> : null}
      {report === undefined && !error ? (
        <p className="muted" role="status">
          {t("kubeflow.drift.checking")}
        </p>
      ) : null}
      {report && differing.length === 0 ? (
        <p className="muted">{t("kubeflow.drift.none", { count: report.compared - kept })}</p>
      ) : null}
      <ul className="kubeflow-drifts">
        {differing.slice(0, shownAtFirst).map((object) => (
          <Drifted key={nameOf(object.object)} drift={object} />
        ))}
      </ul>
      {more > 0 ? <p className="muted">{t("kubeflow.drift.more", { count: more })}</p> : null}
      {kept > 0 ? <p className="muted">{t("kubeflow.drift.kept", { count: kept })}</p> : null}
      {report && report.unread.length > 0 ? (
        <p className="muted">
          {t("kubeflow.drift.unread", { kinds: report.unread.map(({ kind }) => kind).join(", ") })}
        </p>
      ) : null}
      {report && report.objects.length > 0 ? (
        <Button size="sm" onPress={() => onCompare(true)}>
          {t("kubeflow.drift.compare")}
        </Button>
      ) : null}
      {comparing && report ? (
        <DriftDialog {...{ report, kfDir, context }} onChanged={drift.check} onClose={() => onCompare(false)} />
      ) : null}
    </section>
  );
}

function Drifted({ drift }: { drift: ObjectDrift }) {
  const { t } = useTranslation();
  const { object, fields, what } = drift;
  const [first] = fields;
  return (
    <li className="kubeflow-drifted">
      <span className="kubeflow-drift-head">
        <span className="mono">{visibleBidi(`${object.kind} ${object.name}`)}</span>
        {first?.by ? (
          <span className="muted">
            {managerName(first.by)}
            {first.at ? (
              <>
                {", "}
                <Age since={first.at} />
              </>
            ) : null}
          </span>
        ) : null}
      </span>
      {what === "deleted" ? <span className="text-bad">{t("kubeflow.drift.deleted")}</span> : null}
      {first ? (
        <span className="kubeflow-drift-field mono">
          {visibleBidi(first.path.replace(/^spec\.template\.spec\./, "…"))} <Values field={first} />
        </span>
      ) : null}
    </li>
  );
}
