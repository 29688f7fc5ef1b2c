import type { ReactNode } from "react";
import type { ContextId } from "../../../../common/contract/index.ts";
import { builtIn, ObjectAnchor } from "../../../state/connected/ObjectAnchor.tsx";
import { list, text } from "../../../state/read.ts";
import { type Fact, type FactSource, known } from "./fact.ts";

export function accessFacts({ target, object, t }: FactSource): Fact[] {
  const { context, kind } = target;
  const namespace = target.namespace ?? "";
  if (kind === "Secret") return known([{ name: t("object.fact.type"), value: text(object, "type") }]);
  const secrets = (field: string): ReactNode | undefined => {
    const names = list(object, field).flatMap((entry) => text(entry, "name") ?? []);
    if (names.length === 0) return undefined;
    return names.map((name) => (
      <div key={name}>
        <ObjectAnchor context={context} link={builtIn.secret(namespace, name)} />
      </div>
    ));
  };
  const role = text(object, "roleRef.name");
  const subjects = list(object, "subjects");
  return known([
    { name: t("object.fact.pullSecrets"), value: secrets("imagePullSecrets") },
    { name: t("object.fact.secrets"), value: secrets("secrets") },
    {
      name: t("object.fact.role"),
      value: role && (
        <ObjectAnchor
          context={context}
          link={
            text(object, "roleRef.kind") === "Role"
              ? { group: "rbac.authorization.k8s.io", plural: "roles", namespace, name: role }
              : { group: "rbac.authorization.k8s.io", plural: "clusterroles", name: role }
          }
        >
          {text(object, "roleRef.kind")} {role}
        </ObjectAnchor>
      ),
    },
    {
      name: t("object.fact.subjects"),
      value:
        subjects.length > 0
          ? subjects.map((subject) => <Subject key={JSON.stringify(subject)} context={context} subject={subject} />)
          : undefined,
    },
  ]);
}

function Subject({ context, subject }: { context: ContextId; subject: unknown }) {
  const kind = text(subject, "kind");
  const name = text(subject, "name") ?? "";
  const namespace = text(subject, "namespace");
  return (
    <div>
      {kind}{" "}
      {kind === "ServiceAccount" && namespace ? (
        <ObjectAnchor context={context} link={builtIn.serviceAccount(namespace, name)}>
          {namespace}/{name}
        </ObjectAnchor>
      ) : (
        name
      )}
    </div>
  );
}
