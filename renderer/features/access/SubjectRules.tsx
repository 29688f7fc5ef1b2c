import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId, Subject } from "../../../common/contract/index.ts";
import { useCall } from "../../state/use-call.ts";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { MatrixTable } from "./MatrixTable.tsx";
import { NamespaceField } from "./NamespaceField.tsx";

const kinds = ["ServiceAccount", "User", "Group"] as const;

/** "What may somebody do?": a service account, a user or a group. */
export function OfSubject({ context }: { context: ContextId }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Subject["kind"]>("ServiceAccount");
  const [home, setHome] = useState("default");
  const [name, setName] = useState("default");
  const complete = name.trim() !== "" && (kind !== "ServiceAccount" || home.trim() !== "");
  const subject: Subject = {
    kind,
    name: name.trim(),
    ...(kind === "ServiceAccount" ? { namespace: home.trim() } : {}),
  };
  const { value, error, asking } = useCall("access.subject", complete ? { context, subject } : undefined);
  return (
    <>
      <div className="access-form">
        <Select
          label={t("access.kind")}
          value={kind}
          onChange={setKind}
          options={kinds.map((entry) => ({ value: entry, label: t(`access.kinds.${entry}`) }))}
        />
        {kind === "ServiceAccount" ? (
          <NamespaceField context={context} value={home} onChange={setHome} required />
        ) : null}
        <Field label={t("access.name")} value={name} onChange={setName} mono />
      </div>
      <p>{t("access.subjectNote")}</p>
      {error ? <ErrorBanner error={error} /> : null}
      {asking ? <p role="status">{t("access.asking")}</p> : null}
      {value ? <MatrixTable matrix={value} label={t("access.tab.subject")} /> : null}
    </>
  );
}
