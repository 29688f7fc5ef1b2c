import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccessMatrix, AccessRow } from "../../../common/contract/index.ts";
import { Field } from "../../ui/Field.tsx";
import { Check } from "../../ui/icons.ts";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { commonVerbs, filterRows, hasVerb, otherVerbs, resourceName } from "./matrix.ts";

/** Resources down, verbs across: a mark where it is allowed. */
export function MatrixTable({ matrix, label }: { matrix: AccessMatrix; label: string }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState("");
  const rows = filterRows(matrix.rows, filter);
  const withFrom = matrix.rows.some(({ from }) => from.length > 0);
  return (
    <div className="matrix">
      <div className="matrix-filter">
        <Field label={t("access.filter")} value={filter} onChange={setFilter} type="search" />
        <span className="muted" role="status">
          {t("access.rows", { count: rows.length })}
        </span>
      </div>
      {matrix.incomplete === undefined ? null : <p>{t("access.incomplete", { why: matrix.incomplete })}</p>}
      <ScrollRegion className="matrix-scroll" label={label}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("access.resource")}</th>
              {commonVerbs.map((verb) => (
                <th key={verb} scope="col" className="matrix-verb">
                  {verb === "deletecollection" ? t("access.deleteAll") : verb}
                </th>
              ))}
              <th scope="col" className="matrix-other">
                {t("access.otherVerbs")}
              </th>
              {withFrom ? (
                <th scope="col" className="matrix-from">
                  {t("access.from")}
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row
                key={JSON.stringify([row.group, row.resource, row.names, row.namespace])}
                row={row}
                from={withFrom}
              />
            ))}
            {rows.length === 0 ? (
              <tr>
                <td colSpan={commonVerbs.length + 3} className="matrix-none">
                  {t(matrix.rows.length === 0 ? "access.nothing" : "access.noMatch")}
                </td>
              </tr>
            ) : null}
          </tbody>
        </table>
        {matrix.urls.length > 0 ? (
          <>
            <h2>{t("access.urls")}</h2>
            <ul className="matrix-urls">
              {matrix.urls.map(({ url, verbs }) => (
                <li key={url}>
                  <span className="mono">{url}</span> <span className="muted">{verbs.join(", ")}</span>
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </ScrollRegion>
    </div>
  );
}

function Row({ row, from }: { row: AccessRow; from: boolean }) {
  const { t } = useTranslation();
  return (
    <tr>
      <th scope="row">
        <span className="mono">{row.resource === "*" ? t("access.everyResource") : resourceName(row)}</span>
        {row.namespace ? <span className="muted"> {t("access.inNamespace", { namespace: row.namespace })}</span> : null}
        <span className="matrix-words muted">{verbWords(row, t("access.everyVerb"))}</span>
        {row.names ? (
          <span className="matrix-names muted">{t("access.onlyNames", { names: row.names.join(", ") })}</span>
        ) : null}
      </th>
      {commonVerbs.map((verb) => (
        <td key={verb} className="matrix-verb">
          {hasVerb(row, verb) ? (
            <Check size={14} role="img" aria-label={t("access.yes")} />
          ) : (
            <span className="sr-only">{t("access.no")}</span>
          )}
        </td>
      ))}
      <td className="muted matrix-other">
        {otherVerbs(row)
          .map((verb) => (verb === "*" ? t("access.everyVerb") : verb))
          .join(", ")}
      </td>
      {from ? <td className="muted matrix-from">{row.from.join(", ")}</td> : null}
    </tr>
  );
}

/** The verbs as words, for where there is no room for columns. */
function verbWords({ verbs }: AccessRow, every: string): string {
  return verbs.includes("*") ? every : verbs.join(", ");
}
