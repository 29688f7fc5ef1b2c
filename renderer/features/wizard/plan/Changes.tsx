import { useTranslation } from "react-i18next";
import type { ObjectRef, PlanSummary } from "../../../../common/contract/index.ts";
import { Card } from "../../../ui/Card.tsx";
import { Disclosure } from "../../../ui/Disclosure.tsx";
import { useFormat } from "../../../ui/format.ts";

/** What would change in the cluster as it is now. */
export function Changes({ changes }: { changes: PlanSummary["changes"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { create, update, foreign } = changes;
  return (
    <Card title={t("plan.changes")}>
      <dl className="changes">
        <div>
          <dt>
            <span className="good" aria-hidden>
              +
            </span>{" "}
            {t("plan.create")}
          </dt>
          <dd>{format.number(create)}</dd>
        </div>
        <div>
          <dt>
            <span className="change-update" aria-hidden>
              ~
            </span>{" "}
            {t("plan.update")}
          </dt>
          <dd>{format.number(update)}</dd>
        </div>
        <div>
          <dt>
            <span className="poor" aria-hidden>
              !
            </span>{" "}
            {t("plan.foreign")}
          </dt>
          <dd>{format.number(foreign.length)}</dd>
        </div>
      </dl>
      {foreign.length > 0 ? (
        <Disclosure title={t("plan.foreignList")}>
          <ul className="plan-images mono">
            {foreign.map((object) => (
              <li key={nameOf(object)}>{nameOf(object)}</li>
            ))}
          </ul>
        </Disclosure>
      ) : null}
    </Card>
  );
}

function nameOf({ kind, namespace, name }: ObjectRef): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}
