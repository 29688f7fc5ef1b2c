import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId, WhoMay } from "../../../common/contract/index.ts";
import { useCall } from "../../state/use-call.ts";
import { useStream } from "../../state/use-stream.ts";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Field } from "../../ui/Field.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { commonVerbs, parseResource, resourceName } from "./matrix.ts";
import { NamespaceField } from "./NamespaceField.tsx";
import { SuggestField } from "./SuggestField.tsx";

/** "Who may do this?" */
export function Who({ context }: { context: ContextId }) {
  const { t } = useTranslation();
  const [verb, setVerb] = useState("delete");
  const [resource, setResource] = useState("pods");
  const [namespace, setNamespace] = useState("");
  const [name, setName] = useState("");
  const { item } = useStream("resources.watch", { context });
  const resources = useMemo(
    () => (item ?? []).map(({ group, plural }) => resourceName({ group, resource: plural })).toSorted(),
    [item],
  );
  const complete = verb.trim() !== "" && resource.trim() !== "";
  const { value, error, asking } = useCall(
    "access.who",
    complete
      ? {
          context,
          verb: verb.trim(),
          ...parseResource(resource),
          ...(namespace ? { namespace } : {}),
          ...(name ? { name } : {}),
        }
      : undefined,
  );
  return (
    <>
      <div className="access-form">
        <SuggestField label={t("access.verb")} value={verb} onChange={setVerb} suggestions={commonVerbs} />
        <SuggestField label={t("access.resource")} value={resource} onChange={setResource} suggestions={resources} />
        <NamespaceField context={context} value={namespace} onChange={setNamespace} />
        <Field label={t("access.name")} value={name} onChange={setName} placeholder={t("access.anyName")} mono />
      </div>
      <p>{t("access.whoNote")}</p>
      {error ? <ErrorBanner error={error} /> : null}
      {asking ? <p role="status">{t("access.asking")}</p> : null}
      {value ? <Found found={value} /> : null}
    </>
  );
}

function Found({ found: { subjects, unknownRoles } }: { found: WhoMay }) {
  const { t } = useTranslation();
  return (
    <div className="matrix">
      <ScrollRegion className="matrix-scroll" label={t("access.tab.who")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("access.subject")}</th>
              <th scope="col">{t("access.kind")}</th>
              <th scope="col">{t("access.through")}</th>
            </tr>
          </thead>
          <tbody>
            {subjects.map(({ subject, through, names }) => (
              <tr key={JSON.stringify(subject)}>
                <th scope="row" className="mono">
                  {subject.namespace ? `${subject.namespace}/` : ""}
                  {subject.name}
                  {names ? (
                    <span className="matrix-names muted">{t("access.onlyNames", { names: names.join(", ") })}</span>
                  ) : null}
                </th>
                <td className="matrix-kind">{t(`access.kinds.${subject.kind}`)}</td>
                <td className="muted matrix-through">
                  {through
                    .map(({ binding, role, namespace }) => `${binding} → ${role}${namespace ? ` (${namespace})` : ""}`)
                    .join(", ")}
                </td>
              </tr>
            ))}
            {subjects.length === 0 ? (
              <tr>
                <td colSpan={3} className="matrix-none">
                  {t("access.nobody")}
                </td>
              </tr>
            ) : null}
          </tbody>
        </table>
        {unknownRoles.length > 0 ? <p>{t("access.unknownRoles", { bindings: unknownRoles.join(", ") })}</p> : null}
      </ScrollRegion>
    </div>
  );
}
