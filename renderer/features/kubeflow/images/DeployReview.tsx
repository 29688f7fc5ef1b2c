import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId, DeployPlan, DeployProgress, RegistryDeployment } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { useCall } from "../../../state/use-call.ts";
import { Banner } from "../../../ui/Banner.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Disclosure } from "../../../ui/Disclosure.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { NodeRecipes } from "./NodeRecipes.tsx";
import { useWork } from "./use-work.ts";

export interface DeployReviewProps {
  context: ContextId;
  settings: RegistryDeployment;
  onBack: () => void;
  onDone: () => void;
}

/** What deploying changes, how it is going, and how it went. */
export function DeployReview({ context, settings, onBack, onDone }: DeployReviewProps) {
  const { t } = useTranslation();
  const { value: plan, error, asking } = useCall("registryDeployment.plan", { context, settings });
  const work = useWork("registryDeployment.apply");
  const [isStopped, setStopped] = useState(false);
  const state = work.item?.state;
  return (
    <div className="images-form">
      <h3>{t("registries.deploy.planTitle")}</h3>
      {error ? <ErrorBanner error={error} /> : null}
      {work.error ? <ErrorBanner error={work.error} /> : null}
      {asking ? <p role="status">{t("common.looking")}</p> : null}
      {plan && work.item === undefined ? <Plan plan={plan} /> : null}
      {work.item ? <Progress progress={work.item} /> : null}
      {isStopped ? <p role="status">{t("registries.deploy.stopped")}</p> : null}
      <div className="images-line">
        {work.isRunning && state !== "done" ? (
          <Button
            onPress={() => {
              setStopped(true);
              work.stop();
            }}
          >
            {t("registries.deploy.cancel")}
          </Button>
        ) : state === "done" ? (
          <Button variant="primary" onPress={onDone}>
            {t("registries.deploy.finish")}
          </Button>
        ) : (
          <>
            <Button onPress={onBack}>{t("registries.deploy.back")}</Button>
            {plan && !isStopped && state !== "failed" ? (
              <Button variant="primary" onPress={() => work.start({ context, settings, digest: plan.digest })}>
                {t("registries.deploy.start")}
              </Button>
            ) : null}
          </>
        )}
      </div>
    </div>
  );
}

function Plan({ plan }: { plan: DeployPlan }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <>
      <p>{t("registries.deploy.addresses", { host: plan.host, service: plan.service })}</p>
      {plan.warnings.map((one) => (
        <Banner key={one.id} tone="warn" title={textOf(one, language)} />
      ))}
      {plan.changes.length === 0 ? <p>{t("registries.deploy.unchanged")}</p> : null}
      <ul className="images-changes">
        {plan.changes.map(({ object, what, fields }) => (
          <li key={`${object.kind} ${object.name}`}>
            <span>{t(`registries.deploy.what.${what}`)}</span>{" "}
            <span className="mono">
              {object.kind} {object.name}
            </span>
            {fields.map(({ path, was, becomes }) => (
              <small key={path} className="mono muted">
                {path} {was === undefined && becomes === undefined ? "" : `${was ?? "–"} → ${becomes ?? "–"}`}
              </small>
            ))}
          </li>
        ))}
      </ul>
      <Disclosure title={t("registries.deploy.nodes")}>
        <NodeRecipes recipes={plan.recipes} />
      </Disclosure>
    </>
  );
}

function Progress({ progress: { state, step, waitsFor, notes, problem } }: { progress: DeployProgress }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <>
      {problem ? <ErrorBanner error={problem} /> : null}
      {state === "running" ? (
        <p role="status">
          {t(`registries.deploy.step.${step}`)}
          {waitsFor === undefined ? null : ` ${textOf(waitsFor, language)}`}
        </p>
      ) : null}
      {notes.map(({ tone, said }) => (
        <p key={said.id} role="status" className={tone === "warn" ? "text-warn" : undefined}>
          {textOf(said, language)}
        </p>
      ))}
    </>
  );
}
