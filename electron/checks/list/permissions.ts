import { stringify } from "yaml";
import { FlowdeckError } from "../../../common/contract/index.ts";
import { isKind } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import { fieldManager, type PlanNode } from "../../install/index.ts";
import { type Check, type Fix, failed, passed } from "../check.ts";
import { kindsOf, type ServedKind } from "../kinds.ts";
import type { World } from "../world.ts";
import { someNames } from "./refs.ts";

/** Server-side apply of something new asks for both; what is waited for has to be seen. */
const verbs = ["create", "patch", "get", "list", "watch"] as const;

interface Missing {
  kind: ServedKind;
  verbs: string[];
  objects: number;
}

/** All that applying the plan needs, asked of the API server one by one, in one report. */
export const permissions: Check = {
  id: "permissions",
  level: "must",
  name: message("checks.permissions"),
  of: "plan",
  async run(world, { nodes }) {
    const { client, signal } = world;
    if (client.readOnly) return failed(message("checks.readOnly"), { evidence: [message("checks.readOnlyWay")] });
    const everything = await client.mayI({ verb: "*", group: "*", resource: "*", signal });
    if (everything.allowed) return passed(message("checks.permissionsAll"));
    const missing = await missingOf(world, nodes);
    const [first] = missing;
    if (first) {
      const count = missing.reduce((sum, one) => sum + one.objects, 0);
      const names = someNames(missing.map(({ kind }) => nameOf(kind)));
      return failed(message("checks.permissionsMissing", { names }), {
        evidence: [message("checks.permissionsCount", { count, of: nodes.length })],
        fix: requestFor(missing),
      });
    }
    const refused = await refusedRoles(world, nodes);
    const [role] = refused;
    if (role === undefined) return passed(message("checks.permissionsOk", { count: nodes.length }));
    return failed(message("checks.permissionsEscalate", { count: refused.length }), {
      evidence: [message("checks.permissionsEscalateWay")],
      ...(role.error.detail === undefined ? {} : { detail: role.error.detail }),
      objects: [],
    });
  },
};

const nameOf = ({ group, plural }: ServedKind) => (group === "" ? plural : `${plural}.${group}`);

async function missingOf(world: World, nodes: readonly PlanNode[]): Promise<Missing[]> {
  const { client, signal } = world;
  const served = await kindsOf(world, nodes);
  const kinds = new Map<string, { kind: ServedKind; namespaces: Set<string | undefined>; objects: number }>();
  for (const { ref } of nodes) {
    const kind = served(ref);
    if (kind === undefined) continue;
    const known = kinds.get(nameOf(kind)) ?? { kind, namespaces: new Set(), objects: 0 };
    kinds.set(nameOf(kind), known);
    known.namespaces.add(kind.namespaced ? ref.namespace : undefined);
    known.objects += 1;
  }
  const asked = await Promise.all(
    [...kinds.values()].map(async ({ kind, namespaces, objects }) => {
      const may = async (verb: string) => {
        const target = { verb, group: kind.group, resource: kind.plural, signal };
        if ((await client.mayI(target)).allowed) return true;
        const within = [...namespaces].filter((namespace) => namespace !== undefined);
        if (within.length === 0) return false;
        const each = await Promise.all(within.map((namespace) => client.mayI({ ...target, namespace })));
        return each.every(({ allowed }) => allowed);
      };
      const answers = await Promise.all(verbs.map(async (verb) => ((await may(verb)) ? [] : [verb])));
      return { kind, objects, verbs: answers.flat() };
    }),
  );
  return asked.filter((one) => one.verbs.length > 0);
}

/** Roles may only be created by who holds what they grant; a dry run of the server says so. */
async function refusedRoles({ client, signal }: World, nodes: readonly PlanNode[]) {
  const roles = nodes.filter(
    ({ ref, live }) =>
      live === undefined &&
      (isKind(ref, "rbac.authorization.k8s.io/ClusterRole") ||
        isKind(ref, "rbac.authorization.k8s.io/ClusterRoleBinding")),
  );
  const tried = await Promise.all(
    roles.map(async (node) => {
      try {
        await client.apply(node.object, { dryRun: true, fieldManager, signal });
        return [];
      } catch (error) {
        if (error instanceof FlowdeckError && error.code === "forbidden") return [{ node, error }];
        throw error;
      }
    }),
  );
  return tried.flat();
}

/** A ClusterRole with exactly what is missing, for whoever may grant it. */
function requestFor(missing: readonly Missing[]): Fix {
  const rules = missing.map(({ kind, verbs: asked }) => ({
    apiGroups: [kind.group],
    resources: [kind.plural],
    verbs: asked,
  }));
  const role = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: "kubeflow-installer" },
    rules,
  };
  return {
    title: message("checks.request"),
    about: [message("checks.requestAbout"), message("checks.requestBind")],
    lines: [
      ...stringify(role).trimEnd().split("\n"),
      "---",
      "# kubectl create clusterrolebinding kubeflow-installer --clusterrole kubeflow-installer --user NAME",
    ],
  };
}
