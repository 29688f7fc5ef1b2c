import { useTranslation } from "react-i18next";
import type { FieldDrift } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { plainValue } from "./drift-words.ts";

/** Before and after of a field: struck through, and set. A secret has neither. */
export function Values({ field }: { field: FieldDrift }) {
  const { t } = useTranslation();
  const { applied, live, added = false } = field;
  if (applied === undefined && live === undefined) {
    return <span className="muted">{t(added ? "kubeflow.drift.addedSecret" : "kubeflow.drift.hidden")}</span>;
  }
  return (
    <>
      {applied === undefined ? null : <del>{visibleBidi(plainValue(applied))}</del>}
      {added ? <span className="muted">{t("kubeflow.drift.added")} </span> : <span aria-hidden> → </span>}
      {live === undefined ? (
        <span className="text-bad">{t("kubeflow.drift.removed")}</span>
      ) : (
        <ins>{visibleBidi(plainValue(live))}</ins>
      )}
    </>
  );
}
