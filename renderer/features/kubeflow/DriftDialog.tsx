import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, ContextId, DriftReport, ObjectDrift } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { client, settle } from "../../state/client.ts";
import { Age } from "../../ui/Age.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { managerName, nameOf } from "./drift-words.ts";
import { PutBackPane } from "./PutBackPane.tsx";
import { Values } from "./Values.tsx";

export interface DriftDialogProps {
  report: DriftReport;
  kfDir: string;
  context: ContextId;
  /** Something was put back or kept: compare again. */
  onChanged: () => void;
  onClose: () => void;
}

/** All that differs, field by field; what is selected is put back (after it is shown what that changes) or kept. */
export function DriftDialog({ report, kfDir, context, onChanged, onClose }: DriftDialogProps) {
  const { t } = useTranslation();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<AppError>();
  const { objects } = report;
  const chosen = objects.filter(({ object }) => selected.has(nameOf(object)));
  const restorable = chosen.filter((one) => one.restorable);
  const allKept = chosen.length > 0 && chosen.every(({ kept }) => kept);
  const toggle = (name: string) =>
    setSelected((now) => new Set(now.has(name) ? [...now].filter((one) => one !== name) : [...now, name]));
  const keep = async () => {
    const changes = chosen.map(({ object, state }) => ({ object, state }));
    const answer = await settle(client().call("drift.keep", { kfDir, context, changes, keep: !allKept }));
    setError(answer.ok ? undefined : answer.error);
    if (!answer.ok) return;
    setSelected(new Set());
    onChanged();
  };
  return (
    <Dialog
      title={t("kubeflow.drift.dialog")}
      size="lg"
      onClose={onClose}
      footer={
        asking ? null : (
          <>
            <Button variant="primary" isDisabled={restorable.length === 0} onPress={() => setAsking(true)}>
              {t("kubeflow.drift.putBack")}
            </Button>
            <Button isDisabled={chosen.length === 0} onPress={() => void keep()}>
              {t(allKept ? "kubeflow.drift.unkeep" : "kubeflow.drift.keep")}
            </Button>
            <span className="muted kubeflow-chosen" role="status">
              {t("kubeflow.drift.chosen", { count: chosen.length })}
            </span>
            <span className="grow" />
            <Button variant="ghost" onPress={onClose}>
              {t("kubeflow.drift.close")}
            </Button>
          </>
        )
      }
    >
      {error ? <ErrorBanner error={error} /> : null}
      {asking ? (
        <PutBackPane
          {...{ kfDir, context }}
          objects={restorable}
          onDone={() => {
            setSelected(new Set());
            onChanged();
          }}
          onClose={() => setAsking(false)}
        />
      ) : (
        <>
          <p className="muted">{t("kubeflow.drift.intro")}</p>
          <label className="kubeflow-select">
            <input
              type="checkbox"
              checked={objects.length > 0 && chosen.length === objects.length}
              onChange={() =>
                setSelected(
                  chosen.length === objects.length ? new Set() : new Set(objects.map(({ object }) => nameOf(object))),
                )
              }
            />
            {t("kubeflow.drift.chooseAll")}
          </label>
          <ScrollRegion label={t("kubeflow.drift.dialog")} className="kubeflow-differences">
            <ul>
              {objects.map((drift) => (
                <Difference
                  key={nameOf(drift.object)}
                  drift={drift}
                  selected={selected.has(nameOf(drift.object))}
                  onToggle={() => toggle(nameOf(drift.object))}
                />
              ))}
            </ul>
          </ScrollRegion>
          <p className="muted">{t("kubeflow.drift.keepText")}</p>
        </>
      )}
    </Dialog>
  );
}

function Difference({ drift, selected, onToggle }: { drift: ObjectDrift; selected: boolean; onToggle: () => void }) {
  const { t } = useTranslation();
  const { object, fields, more, what, kept, restorable } = drift;
  return (
    <li className="kubeflow-difference">
      <label className="kubeflow-select">
        <input
          type="checkbox"
          checked={selected}
          onChange={onToggle}
          aria-label={t("kubeflow.drift.choose", { object: nameOf(object) })}
        />
        <b className="mono">{visibleBidi(nameOf(object))}</b>
        {what === "deleted" ? (
          <Tag tone="bad" sign="!">
            {t("kubeflow.drift.deleted")}
          </Tag>
        ) : null}
        {kept ? <Tag>{t("kubeflow.drift.keptTag")}</Tag> : null}
      </label>
      <ul className="kubeflow-fields">
        {fields.map((field) => (
          <li key={field.path} className="kubeflow-field">
            <span className="mono kubeflow-field-path">{visibleBidi(field.path)}</span>
            <span className="mono kubeflow-field-values">
              <Values field={field} />
            </span>
            <span className="muted">
              {field.by ? managerName(field.by) : t("kubeflow.drift.unknownManager")}
              {field.at ? (
                <>
                  {", "}
                  <Age since={field.at} />
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="muted">{t("kubeflow.drift.more", { count: more })}</p> : null}
      {restorable ? null : <p className="text-warn">{t("kubeflow.drift.notRestorable")}</p>}
    </li>
  );
}
