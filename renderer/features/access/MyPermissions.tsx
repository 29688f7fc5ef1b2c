import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId } from "../../../common/contract/index.ts";
import { useCall } from "../../state/use-call.ts";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { MatrixTable } from "./MatrixTable.tsx";
import { NamespaceField } from "./NamespaceField.tsx";

/** "What may I do here?" */
export function Mine({ context }: { context: ContextId }) {
  const { t } = useTranslation();
  const [namespace, setNamespace] = useState("default");
  const { value, error, asking } = useCall("access.mine", namespace === "" ? undefined : { context, namespace });
  return (
    <>
      <div className="access-form">
        <NamespaceField context={context} value={namespace} onChange={setNamespace} required />
      </div>
      {error ? <ErrorBanner error={error} /> : null}
      {asking ? <p role="status">{t("access.asking")}</p> : null}
      {value ? <MatrixTable matrix={value} label={t("access.tab.mine")} /> : null}
    </>
  );
}
