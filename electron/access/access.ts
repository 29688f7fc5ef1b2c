import {
  type AccessMatrix,
  type ContextId,
  FlowdeckError,
  type Subject,
  type WhoMay,
} from "../../common/contract/index.ts";
import { at, list, text } from "../../common/json/index.ts";
import { atRulesStatus, rulesOf, toRule } from "../../common/kube/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, type ClusterConnections, type KubeObject, parseAnswer } from "../cluster/index.ts";
import { allows, type Binding, bindingOf, matrixOf, type Question, standsFor } from "./rbac.ts";

const rbac = "rbac.authorization.k8s.io/v1";

/** Roles and bindings as far as they matter in one namespace (or everywhere, without one). */
interface Policy {
  bindings: Binding[];
  roles: Map<string, KubeObject>;
}

/** Who may do what: from the API server's own review for this user, from roles and bindings for everybody else. */
export class AccessRules {
  readonly #connections: ClusterConnections;

  constructor(connections: ClusterConnections) {
    this.#connections = connections;
  }

  /** https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/self-subject-rules-review-v1/ */
  async mine(context: ContextId, namespace: string, signal: AbortSignal): Promise<AccessMatrix> {
    return await this.#connections.use(context, async (client) => {
      const what = message("request.accessIn", { namespace });
      const { body } = await client.request({
        method: "POST",
        path: "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
        body: JSON.stringify({
          apiVersion: "authorization.k8s.io/v1",
          kind: "SelfSubjectRulesReview",
          spec: { namespace },
        }),
        what,
        signal,
      });
      const status = at(parseAnswer(body, what, client.server), "status");
      const rules = [
        ...list(atRulesStatus(status, "resourceRules")),
        ...list(atRulesStatus(status, "nonResourceRules")),
      ];
      const matrix = matrixOf(rules.map((rule) => ({ rule: toRule(rule), from: "" })));
      if (atRulesStatus(status, "incomplete") !== true) return matrix;
      return { ...matrix, incomplete: text(atRulesStatus(status, "evaluationError")) ?? "" };
    });
  }

  /** Subjects as bindings name them: members of a group are not known to the cluster. */
  async who(context: ContextId, question: Question & { namespace?: string }, signal: AbortSignal): Promise<WhoMay> {
    return await this.#connections.use(context, async (client) => {
      const { bindings, roles } = await policyOf(client, question.namespace, signal);
      const found = new Map<string, WhoMay["subjects"][number]>();
      const unknownRoles = new Set<string>();
      for (const binding of bindings) {
        const role = roles.get(roleKey(binding));
        if (role === undefined) {
          unknownRoles.add(`${binding.kind} ${binding.name} → ${binding.role}`);
          continue;
        }
        // A rule for some names lets them do it to those only; that is said rather than left out.
        const rules = rulesOf(role).filter((rule) =>
          allows(question.name === undefined ? { ...rule, names: [] } : rule, question),
        );
        if (rules.length === 0) continue;
        const everyName = question.name !== undefined || rules.some(({ names }) => names.length === 0);
        for (const subject of binding.subjects) {
          const who = withNamespace(subject, binding);
          const key = JSON.stringify([who.kind, who.namespace, who.name]);
          const entry = found.get(key);
          const names = everyName ? undefined : rules.flatMap((rule) => rule.names);
          const allNames = names === undefined || (entry !== undefined && entry.names === undefined);
          const through = { binding: `${binding.kind}/${binding.name}`, role: binding.role };
          found.set(key, {
            subject: who,
            through: [
              ...(entry?.through ?? []),
              { ...through, ...(binding.namespace ? { namespace: binding.namespace } : {}) },
            ],
            ...(allNames ? {} : { names: [...new Set([...(entry?.names ?? []), ...(names ?? [])])] }),
          });
        }
      }
      const label = ({ subject }: WhoMay["subjects"][number]) =>
        `${subject.kind} ${subject.namespace ?? ""} ${subject.name}`;
      const subjects = [...found.values()].toSorted((a, b) => label(a).localeCompare(label(b)));
      return { subjects, unknownRoles: [...unknownRoles] };
    });
  }

  async ofSubject(
    context: ContextId,
    subject: Subject,
    namespace: string | undefined,
    signal: AbortSignal,
  ): Promise<AccessMatrix> {
    return await this.#connections.use(context, async (client) => {
      const { bindings, roles } = await policyOf(client, namespace, signal, namespace === undefined);
      const sources = bindings
        .filter((binding) => binding.subjects.some((bound) => standsFor(bound, subject, binding.namespace)))
        .flatMap((binding) =>
          rulesOf(roles.get(roleKey(binding))).map((rule) => ({
            rule,
            from: binding.role,
            namespace: binding.namespace,
          })),
        );
      return matrixOf(sources);
    });
  }

  async rules(
    context: ContextId,
    object: { kind: string; name: string; namespace?: string | undefined },
    signal: AbortSignal,
  ): Promise<AccessMatrix & { role: string; subjects: Subject[] }> {
    return await this.#connections.use(context, async (client) => {
      const asked = await read(client, object, signal);
      if (asked.kind === "Role" || asked.kind === "ClusterRole") {
        const role = `${asked.kind}/${asked.metadata.name}`;
        const { bindings } = await policyOf(client, object.namespace, signal, asked.kind === "ClusterRole");
        const subjects = bindings
          .filter((binding) => binding.role === role)
          .flatMap((binding) => binding.subjects.map((entry) => withNamespace(entry, binding)));
        return { ...matrixOf(rulesOf(asked).map((rule) => ({ rule, from: role }))), role, subjects: unique(subjects) };
      }
      const binding = bindingOf(asked);
      const [kind = "", name = ""] = binding.role.split("/");
      const role = await read(client, { kind, name, namespace: binding.namespace }, signal);
      const matrix = matrixOf(rulesOf(role).map((rule) => ({ rule, from: binding.role })));
      return {
        ...matrix,
        role: binding.role,
        subjects: binding.subjects.map((entry) => withNamespace(entry, binding)),
      };
    });
  }
}

async function read(
  client: ClusterClient,
  { kind, name, namespace }: { kind: string; name: string; namespace?: string | undefined },
  signal: AbortSignal,
): Promise<KubeObject> {
  const clusterWide = kind.startsWith("Cluster");
  const ref = { apiVersion: rbac, kind, name, ...(clusterWide || !namespace ? {} : { namespace }) };
  const object = await client.get(ref, signal);
  if (object !== undefined) return object;
  throw new FlowdeckError(
    "object-not-found",
    message("policy.objectMissing", { object: `${kind} ${clusterWide || !namespace ? "" : `${namespace}/`}${name}` }),
  );
}

/** Bindings that count in the namespace: its own and the cluster's. With `all`, those of every namespace. */
async function policyOf(
  client: ClusterClient,
  namespace: string | undefined,
  signal: AbortSignal,
  all = false,
): Promise<Policy> {
  const scope = all || namespace === undefined ? { signal } : { signal, namespace };
  const local = all || namespace !== undefined;
  const [clusterRoles, clusterBindings, localRoles, localBindings] = await Promise.all([
    client.list(rbac, "ClusterRole", { signal }),
    client.list(rbac, "ClusterRoleBinding", { signal }),
    local ? client.list(rbac, "Role", scope) : [],
    local ? client.list(rbac, "RoleBinding", scope) : [],
  ]);
  const roles = new Map<string, KubeObject>();
  for (const role of clusterRoles) roles.set(`ClusterRole/${role.metadata.name}`, role);
  for (const role of localRoles) roles.set(`${role.metadata.namespace}/Role/${role.metadata.name}`, role);
  return { roles, bindings: [...clusterBindings, ...localBindings].map(bindingOf) };
}

function roleKey({ role, namespace }: Binding): string {
  return role.startsWith("Role/") ? `${namespace}/${role}` : role;
}

/** A service account without a namespace is one of the binding's own. */
function withNamespace(subject: Subject, binding: Binding): Subject {
  if (subject.kind !== "ServiceAccount" || subject.namespace !== undefined || !binding.namespace) return subject;
  return { ...subject, namespace: binding.namespace };
}

function unique(subjects: readonly Subject[]): Subject[] {
  return [...new Map(subjects.map((subject) => [JSON.stringify(subject), subject])).values()];
}
