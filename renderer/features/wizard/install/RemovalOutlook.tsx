import { useTranslation } from "react-i18next";
import type { AppError, ObjectRef, RemovalPlan } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { CheckLine } from "../../../ui/CheckLine.tsx";
import { Disclosure } from "../../../ui/Disclosure.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";

export interface RemovalOutlookProps {
  /** Undefined until it is known. */
  plan: RemovalPlan | undefined;
  error: AppError | undefined;
  /** What others made in the installation's namespaces, whether it goes or stays. */
  theirs: readonly ObjectRef[];
  others: boolean;
  onOthers: (others: boolean) => void;
}

/** What a removal would delete and leave; what others made in the installation's namespaces goes only when asked for. */
export function RemovalOutlook({ plan, error, theirs, others, onOthers }: RemovalOutlookProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (error) return <ErrorBanner error={error} />;
  const staying = plan?.kept.filter(({ object }) => !isAmong(theirs, object)) ?? [];
  const list = new Intl.ListFormat(language);
  return (
    <div className="removal-outlook">
      {plan ? (
        <>
          <p>{t("done.remove.goes", { count: plan.objects })}</p>
          {plan.namespaces.length > 0 ? (
            <p className="hint">{t("done.remove.namespaces", { names: list.format(plan.namespaces) })}</p>
          ) : null}
        </>
      ) : (
        <p role="status">{t("common.looking")}</p>
      )}
      {others || theirs.length > 0 ? (
        <CheckLine isSelected={others} onChange={onOthers}>
          {t("done.remove.others")}
          <small className="hint remove-hint">{t(others ? "done.remove.othersOn" : "done.remove.othersOff")}</small>
        </CheckLine>
      ) : null}
      {theirs.length > 0 ? (
        <Disclosure title={t("done.remove.othersList", { count: theirs.length })} defaultExpanded>
          <ul className="removal-list mono">
            {theirs.map((object) => (
              <li key={nameOf(object)}>{nameOf(object)}</li>
            ))}
          </ul>
        </Disclosure>
      ) : null}
      {staying.length > 0 ? (
        <Disclosure title={t("done.remove.stays", { count: staying.length })}>
          <ul className="removal-list">
            {staying.map(({ object, because }) => (
              <li key={nameOf(object)}>
                <span className="mono">{nameOf(object)}</span>{" "}
                <small className="hint">{textOf(because, language)}</small>
              </li>
            ))}
          </ul>
        </Disclosure>
      ) : null}
    </div>
  );
}

function isAmong(objects: readonly ObjectRef[], { kind, namespace, name }: ObjectRef): boolean {
  return objects.some((one) => one.kind === kind && one.namespace === namespace && one.name === name);
}

function nameOf({ kind, namespace, name }: ObjectRef): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}
