import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccessChange, AccessProgress, AppError, CallInput } from "../../../../common/contract/index.ts";
import { visibleBidi } from "../../../../common/text/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { client } from "../../../state/client.ts";
import { CertificateProblems } from "../../../state/connected/CertificateFields.tsx";
import { useCall } from "../../../state/use-call.ts";
import { Banner } from "../../../ui/Banner.tsx";
import { Button } from "../../../ui/Button.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { ScrollRegion } from "../../../ui/ScrollRegion.tsx";
import { Tag } from "../../../ui/Tag.tsx";
import { nameOf } from "../drift-words.ts";
import { AddressProgress } from "./AddressProgress.tsx";

export interface AddressReviewProps {
  request: CallInput<"wayIn.plan">;
  onBusy: (busy: boolean) => void;
  onBack: () => void;
  onChanged: () => void;
  onClose: () => void;
}

/** What another way in changes, how that is going, and how it went. */
export function AddressReview({ request, onBusy, onBack, onChanged, onClose }: AddressReviewProps) {
  const { t } = useTranslation();
  const { value: plan, error, asking } = useCall("wayIn.plan", request);
  const [progress, setProgress] = useState<AccessProgress>();
  const [problem, setProblem] = useState<AppError>();
  const [cancelled, setCancelled] = useState(false);
  const stop = useRef<() => void>(undefined);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => () => stop.current?.(), []);
  const apply = (digest: string) => {
    onBusy(true);
    setProgress({ state: "running", step: "check", done: 0, all: 0, changed: false });
    stop.current = client().subscribe(
      "wayIn.apply",
      { ...request, digest },
      {
        onItem: (item) => {
          setProgress(item);
          // From here on, leaving only ends the waiting.
          if (item.changed) onBusy(false);
          if (item.state === "running") return;
          onBusy(false);
          onChanged();
        },
        onError: (failed) => {
          onBusy(false);
          setProblem(failed);
        },
      },
    );
  };
  const cancel = () => {
    stop.current?.();
    setCancelled(true);
    onBusy(false);
    onChanged();
  };
  if (progress !== undefined) {
    const running = progress.state === "running" && !cancelled && problem === undefined;
    return (
      <div className="address-review">
        {problem ? <ErrorBanner error={problem} /> : null}
        <AddressProgress progress={progress} running={running} cancelled={cancelled} />
        <div className="address-buttons">
          {running ? (
            <Button onPress={cancel}>{t(progress.changed ? "wayIn.stopWaiting" : "common.cancel")}</Button>
          ) : (
            <>
              <Button variant="primary" onPress={onClose}>
                {t("kubeflow.drift.close")}
              </Button>
              {progress.changed ? null : <Button onPress={onBack}>{t("common.back")}</Button>}
            </>
          )}
        </div>
      </div>
    );
  }
  const changes = plan?.changes ?? [];
  return (
    <div className="address-review">
      <h3 ref={heading} tabIndex={-1}>
        {t("wayIn.reviewTitle")}
      </h3>
      {asking ? <p role="status">{t("wayIn.reviewing")}</p> : null}
      {error ? <ErrorBanner error={error} /> : null}
      {plan && changes.length === 0 ? <Banner tone="info" title={t("wayIn.nothing")} live /> : null}
      <CertificateProblems problems={plan?.warnings ?? []} />
      <ScrollRegion label={t("wayIn.reviewTitle")} className="kubeflow-differences">
        <ul>
          {changes.map((change) => (
            <Change key={`${change.what} ${nameOf(change.object)}`} change={change} />
          ))}
        </ul>
      </ScrollRegion>
      <div className="address-buttons">
        <Button
          variant="primary"
          isDisabled={plan === undefined || changes.length === 0}
          onPress={() => (plan ? apply(plan.digest) : undefined)}
        >
          {t("wayIn.apply")}
        </Button>
        <Button onPress={onBack}>{t("common.back")}</Button>
      </div>
    </div>
  );
}

const tones = { create: "ok", change: "run", delete: "warn" } as const;
const signs = { create: "+", change: "~", delete: "−" } as const;

function Change({ change: { object, what, because, fields } }: { change: AccessChange }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <li className="kubeflow-difference">
      <Tag tone={tones[what]} sign={signs[what]}>
        {t(`wayIn.what.${what}`)}
      </Tag>{" "}
      <b className="mono">{visibleBidi(nameOf(object))}</b>
      <p className="muted">{visibleBidi(textOf(because, language))}</p>
      <ul className="kubeflow-fields">
        {fields.map(({ path, was, becomes }) => (
          <li key={path} className="kubeflow-field">
            <span className="mono kubeflow-field-path">{visibleBidi(path)}</span>
            <span className="mono kubeflow-field-values">
              {was === undefined ? null : <del>{visibleBidi(was)}</del>}{" "}
              {becomes === undefined ? null : <ins>{visibleBidi(becomes)}</ins>}
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}
