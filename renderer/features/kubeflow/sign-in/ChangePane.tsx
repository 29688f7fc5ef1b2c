import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import {
  type ContextId,
  type SignInChange,
  type SignInProgress,
  type SignInReview,
  signInSteps,
} from "../../../../common/contract/index.ts";
import { visibleBidi } from "../../../../common/text/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { useCall } from "../../../state/use-call.ts";
import { Banner } from "../../../ui/Banner.tsx";
import { Button } from "../../../ui/Button.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { Check, Info, TriangleAlert } from "../../../ui/icons.ts";
import { ScrollRegion } from "../../../ui/ScrollRegion.tsx";
import { StageList } from "../../../ui/StageList.tsx";
import { NewPasswords } from "./NewPasswords.tsx";
import { useChange } from "./use-change.ts";

export interface ChangePaneProps {
  place: { context: ContextId; kfDir?: string };
  change: SignInChange;
  /** While it is under way, the dialog stays. */
  onBusy: (busy: boolean) => void;
  onBack: () => void;
  onDone: () => void;
}

/** A change: what it would do, how it is going, how it went. */
export function ChangePane({ place, change, onBusy, onBack, onDone }: ChangePaneProps) {
  const { t } = useTranslation();
  const { value: reviewed, error, asking } = useCall("signIn.review", { ...place, change });
  const { progress, problem, cancelled, apply, cancel } = useChange(onBusy);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  if (progress !== undefined || problem !== undefined) {
    const isRunning = progress?.state === "running" && !cancelled && problem === undefined;
    return (
      <>
        {problem ? <ErrorBanner error={problem} /> : null}
        {progress?.problem ? <ErrorBanner error={progress.problem} /> : null}
        {cancelled ? <p role="status">{t("people.canceled")}</p> : null}
        {progress && isRunning ? <Steps progress={progress} /> : null}
        {progress ? <Notes progress={progress} /> : null}
        {progress?.passwords ? <NewPasswords passwords={progress.passwords} /> : null}
        <div className="people-buttons">
          {isRunning ? (
            <Button onPress={cancel}>{t("common.cancel")}</Button>
          ) : (
            <Button variant="primary" onPress={onDone}>
              {t("people.toList")}
            </Button>
          )}
        </div>
      </>
    );
  }
  const isDoable = reviewed !== undefined && reviewed.errors.length === 0 && reviewed.changes.length > 0;
  return (
    <>
      <h3 ref={heading} tabIndex={-1}>
        {t("people.reviewTitle")}
      </h3>
      {asking ? <p role="status">{t(change.do === "connector" ? "people.trying" : "people.reviewing")}</p> : null}
      {error ? <ErrorBanner error={error} /> : null}
      {reviewed ? <Review reviewed={reviewed} /> : null}
      <div className="people-buttons">
        <Button
          variant={change.do === "remove" ? "danger" : "primary"}
          isDisabled={!isDoable}
          onPress={() => (reviewed ? apply({ ...place, change, digest: reviewed.digest }) : undefined)}
        >
          {t("people.apply")}
        </Button>
        <Button onPress={onBack}>{t("common.back")}</Button>
      </div>
    </>
  );
}

function Review({ reviewed: { changes, warnings, checks, errors, writes } }: { reviewed: SignInReview }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (errors.length > 0)
    return (
      <>
        <Banner tone="bad" title={t("people.faults", { count: errors.length })} live />
        <ScrollRegion label={t("people.reviewTitle")} className="scrolled-list">
          <ul className="people-changes">
            {errors.map(({ line, said }) => {
              const words = visibleBidi(textOf(said, language));
              return (
                <li key={`${line} ${words}`}>
                  {line === undefined ? words : t("people.atLine", { line, said: words })}
                </li>
              );
            })}
          </ul>
        </ScrollRegion>
      </>
    );
  return (
    <>
      {changes.length === 0 ? <p>{t("people.noChange")}</p> : null}
      {changes.length > 0 ? (
        <>
          <ScrollRegion label={t("people.reviewTitle")} className="scrolled-list">
            <ul className="people-changes">
              {changes.map((said) => {
                const words = visibleBidi(textOf(said, language));
                return <li key={words}>{words}</li>;
              })}
            </ul>
          </ScrollRegion>
          {checks.map((said) => (
            <p key={said.id} className="people-note">
              <Check aria-hidden size={14} /> {visibleBidi(textOf(said, language))}
            </p>
          ))}
          {warnings.map((said) => (
            <p key={said.id} className="people-note">
              <TriangleAlert aria-hidden size={14} className="text-warn" /> {visibleBidi(textOf(said, language))}
            </p>
          ))}
          <p className="muted">
            {t("people.writes")} <span className="mono">{writes.join(", ")}</span>
          </p>
        </>
      ) : null}
    </>
  );
}

function Steps({ progress: { step, fraction } }: { progress: SignInProgress }) {
  const { t } = useTranslation();
  const stages = signInSteps.map((id) => ({ id, title: t(`people.step.${id}`), about: t(`people.stepText.${id}`) }));
  const percent = Math.round(fraction * 100);
  const said = percent > 0 && percent < 100 ? { message: t("people.percent", { percent }) } : {};
  return (
    <div className="people-steps" role="status">
      <StageList stages={stages} current={signInSteps.indexOf(step)} {...said} />
    </div>
  );
}

const signs = { ok: Check, info: Info, warn: TriangleAlert } as const;

function Notes({ progress: { notes } }: { progress: SignInProgress }) {
  const language = useLanguage();
  return (
    <div role="status">
      {notes.map(({ tone, said }) => {
        const Sign = signs[tone];
        return (
          <p key={said.id} className="people-note">
            <Sign aria-hidden size={14} className={tone === "warn" ? "text-warn" : undefined} />{" "}
            {visibleBidi(textOf(said, language))}
          </p>
        );
      })}
    </div>
  );
}
