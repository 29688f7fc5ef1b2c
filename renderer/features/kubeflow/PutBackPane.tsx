import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, ContextId, FieldDrift, ObjectDrift, RestoredObject } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { client, settle } from "../../state/client.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { ConfirmPane } from "../../ui/ConfirmPane.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { nameOf } from "./drift-words.ts";
import { Values } from "./Values.tsx";

export interface PutBackPaneProps {
  kfDir: string;
  context: ContextId;
  objects: readonly ObjectDrift[];
  onDone: () => void;
  onClose: () => void;
}

/** Asks before objects are applied again, with what the API server says that changes. */
export function PutBackPane({ kfDir, context, objects, onDone, onClose }: PutBackPaneProps) {
  const { t } = useTranslation();
  const [tried, setTried] = useState<readonly RestoredObject[]>();
  const [done, setDone] = useState<readonly RestoredObject[]>();
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<AppError>();
  // What was selected when it was asked for: it does not change while the question stands.
  const [asked] = useState(() => ({ kfDir, context, objects: objects.map(({ object }) => object) }));
  useEffect(() => {
    const ended = new AbortController();
    settle(client().call("drift.putBack", { ...asked, dryRun: true }, { signal: ended.signal })).then(
      (answer) => {
        if (ended.signal.aborted) return;
        if (answer.ok) setTried(answer.value.objects);
        else setError(answer.error);
      },
      () => undefined, // settled: it gives its failure
    );
    return () => ended.abort();
  }, [asked]);
  const putBack = async () => {
    setWorking(true);
    const answer = await settle(client().call("drift.putBack", { ...asked, dryRun: false }));
    setWorking(false);
    if (answer.ok) setDone(answer.value.objects);
    else setError(answer.error);
    onDone();
  };
  if (done) {
    return <Done restored={done} onClose={onClose} />;
  }
  return (
    <ConfirmPane
      title={t("kubeflow.drift.confirmTitle", { count: asked.objects.length })}
      confirm={t("kubeflow.drift.confirm")}
      keep={t("kubeflow.drift.cancel")}
      danger={false}
      isWaiting={tried === undefined || working || tried.every((one) => one.error !== undefined)}
      onConfirm={() => void putBack()}
      onKeep={onClose}
    >
      <p>{t("kubeflow.drift.confirmText")}</p>
      {error ? <ErrorBanner error={error} /> : null}
      {tried === undefined && !error ? <p role="status">{t("kubeflow.drift.trying")}</p> : null}
      <ScrollRegion label={t("kubeflow.drift.confirmText")} className="kubeflow-differences">
        <ul>
          {(tried ?? []).map((one) => (
            <Restored key={nameOf(one.object)} restored={one} known={fieldsOf(objects, one)} />
          ))}
        </ul>
      </ScrollRegion>
    </ConfirmPane>
  );
}

/** What came of it; the focus is here now, since the buttons that were asked with are not there any more. */
function Done({ restored, onClose }: { restored: readonly RestoredObject[]; onClose: () => void }) {
  const { t } = useTranslation();
  const focused = useRef<HTMLDivElement>(null);
  useEffect(() => focused.current?.focus(), []);
  const failed = restored.filter((one) => one.error !== undefined);
  const count = restored.length - failed.length;
  return (
    <div className="kubeflow-done" ref={focused} tabIndex={-1}>
      {count > 0 ? <Banner tone="info" title={t("kubeflow.drift.done", { count })} live /> : null}
      {failed.map(({ object, error }) => (error ? <ErrorBanner key={nameOf(object)} error={error} /> : null))}
      <Button onPress={onClose}>{t("common.back")}</Button>
    </div>
  );
}

/** What was shown of its fields before: of a long text that has only the lines that differ. */
function fieldsOf(objects: readonly ObjectDrift[], { object }: RestoredObject): readonly FieldDrift[] {
  return objects.find((one) => nameOf(one.object) === nameOf(object))?.fields ?? [];
}

interface RestoredProps {
  restored: RestoredObject;
  known: readonly FieldDrift[];
}

function Restored({ restored: { object, created, changes, error }, known }: RestoredProps) {
  const { t } = useTranslation();
  return (
    <li className="kubeflow-difference">
      <b className="mono">{visibleBidi(nameOf(object))}</b>
      {error ? <ErrorBanner error={error} /> : null}
      {created ? <p>{t("kubeflow.drift.created")}</p> : null}
      {!error && !created && changes.length === 0 ? <p className="muted">{t("kubeflow.drift.noChange")}</p> : null}
      <ul className="kubeflow-fields">
        {changes.map(({ path, was: stored, becomes: wanted }) => {
          const { live: was = stored, applied: becomes = wanted } = known.find((one) => one.path === path) ?? {};
          return (
            <li key={path} className="kubeflow-field">
              <span className="mono kubeflow-field-path">{visibleBidi(path)}</span>
              <span className="mono kubeflow-field-values">
                <Values field={{ path, ...(was ? { applied: was } : {}), ...(becomes ? { live: becomes } : {}) }} />
              </span>
            </li>
          );
        })}
      </ul>
    </li>
  );
}
