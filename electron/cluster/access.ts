import type { ClusterClient } from "./types.ts";

/** What an installation creates: Kubeflow brings all of these. */
const installResources: readonly { group: string; resource: string }[] = [
  { group: "", resource: "namespaces" },
  { group: "apiextensions.k8s.io", resource: "customresourcedefinitions" },
  { group: "rbac.authorization.k8s.io", resource: "clusterroles" },
  { group: "rbac.authorization.k8s.io", resource: "clusterrolebindings" },
  { group: "rbac.authorization.k8s.io", resource: "roles" },
  { group: "rbac.authorization.k8s.io", resource: "rolebindings" },
  { group: "admissionregistration.k8s.io", resource: "validatingwebhookconfigurations" },
  { group: "admissionregistration.k8s.io", resource: "mutatingwebhookconfigurations" },
  { group: "scheduling.k8s.io", resource: "priorityclasses" },
  { group: "", resource: "serviceaccounts" },
  { group: "", resource: "configmaps" },
  { group: "", resource: "secrets" },
  { group: "", resource: "services" },
  { group: "", resource: "persistentvolumeclaims" },
  { group: "apps", resource: "deployments" },
  { group: "apps", resource: "statefulsets" },
  { group: "apps", resource: "daemonsets" },
  { group: "networking.k8s.io", resource: "networkpolicies" },
];
/** Server-side apply needs both (of something new: patch and create). */
const installVerbs = ["create", "patch"] as const;

/** What of an installation's needs this user may not do, in words ("create deployments.apps"); empty when all is allowed. */
export async function missingForInstall(client: ClusterClient, signal?: AbortSignal): Promise<string[]> {
  const withSignal = signal === undefined ? {} : { signal };
  // An administrator is recognised by one question instead of many.
  const everything = await client.mayI({ verb: "*", group: "*", resource: "*", ...withSignal });
  if (everything.allowed) return [];
  const questions = installResources.flatMap((target) => installVerbs.map((verb) => ({ ...target, verb })));
  const answers = await Promise.all(questions.map((question) => client.mayI({ ...question, ...withSignal })));
  return questions.flatMap(({ verb, group, resource }, index) =>
    answers[index]?.allowed ? [] : [`${verb} ${group === "" ? resource : `${resource}.${group}`}`],
  );
}
