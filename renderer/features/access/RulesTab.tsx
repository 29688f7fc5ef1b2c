import { useTranslation } from "react-i18next";
import type { ObjectTarget } from "../../../common/contract/index.ts";
import { useCall } from "../../state/use-call.ts";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { MatrixTable } from "./MatrixTable.tsx";
import "./Access.css";

const kinds = ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"] as const;

/** Whether an object has rules to show: a role, or a binding to one. */
export function hasRules({ group, kind }: ObjectTarget): boolean {
  return group === "rbac.authorization.k8s.io" && kinds.some((entry) => entry === kind);
}

/** The rules of a role (or of a binding's role) as a matrix, and who has them. */
export function RulesTab({ target }: { target: ObjectTarget }) {
  const { t } = useTranslation();
  const kind = kinds.find((entry) => entry === target.kind);
  const { context, namespace, name } = target;
  const { value, error, asking } = useCall(
    "access.rules",
    kind === undefined ? undefined : { context, kind, name, ...(namespace ? { namespace } : {}) },
  );
  if (error) return <ErrorBanner error={error} />;
  if (asking || !value) return <p role="status">{t("access.asking")}</p>;
  return (
    <div className="access-rules">
      <p>
        <span className="mono">{value.role}</span> · {t("access.hasRules", { count: value.subjects.length })}
      </p>
      {value.subjects.length > 0 ? (
        <ul className="access-subjects">
          {value.subjects.map((subject) => (
            <li key={JSON.stringify(subject)}>
              {t(`access.kinds.${subject.kind}`)}{" "}
              <span className="mono">
                {subject.namespace ? `${subject.namespace}/` : ""}
                {subject.name}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      <MatrixTable matrix={value} label={t("access.rules")} />
    </div>
  );
}
