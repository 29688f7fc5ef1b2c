import { useTranslation } from "react-i18next";
import type { ObjectJson, ObjectTarget } from "../../../common/contract/index.ts";
import { builtIn, ObjectAnchor } from "../../state/connected/ObjectAnchor.tsx";
import { text } from "../../state/read.ts";
import { Age } from "../../ui/Age.tsx";
import type { Fact } from "./facts/fact.ts";
import { useInsight } from "./insight.ts";

/** Facts as lines of a name and a value; those that every kind has stand around the kind's own. */
export function FactList({ facts, target, object }: { facts: Fact[]; target: ObjectTarget; object: ObjectJson }) {
  const { t } = useTranslation();
  const { insight } = useInsight(target);
  const owner = insight?.owners.at(-1);
  const namespace = text(object, "metadata.namespace");
  return (
    <dl className="object-facts">
      {insight?.status ? (
        <>
          <dt>{t("object.fact.status")}</dt>
          <dd className={`health-${insight.health}`}>{insight.status}</dd>
        </>
      ) : null}
      {namespace ? (
        <>
          <dt>{t("object.fact.namespace")}</dt>
          <dd>
            <ObjectAnchor context={target.context} link={builtIn.namespace(namespace)} />
          </dd>
        </>
      ) : null}
      {facts.map(({ name, value }) => (
        <FactLine key={name} name={name} value={value} />
      ))}
      {owner ? (
        <>
          <dt>{t("object.fact.owner")}</dt>
          <dd>
            <ObjectAnchor context={target.context} link={owner}>
              {owner.kind} {owner.name}
            </ObjectAnchor>
          </dd>
        </>
      ) : null}
      <dt>{t("object.fact.age")}</dt>
      <dd>
        <Age since={text(object, "metadata.creationTimestamp")} />
      </dd>
    </dl>
  );
}

function FactLine({ name, value }: Fact) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
