import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { at, list, text } from "../../common/json/index.ts";
import { mirror, root } from "./install-support.ts";
import type { Kubectl } from "./kubectl.ts";
import { customResource, deployment } from "./practice.objects.ts";

/** Kubeflow's kinds and roles as far as profiles need them, and the Deployment that stands for the profile controller. */
export async function installProfileKinds(kubectl: Kubectl): Promise<void> {
  const policies = customResource(
    "security.istio.io",
    "v1beta1",
    "AuthorizationPolicy",
    "authorizationpolicies",
    "Namespaced",
  );
  await kubectl.apply(policies, ...["admin", "edit", "view"].map(clusterRole));
  const ended = await kubectl.run(["apply", "-f", "-"], profileDefinition());
  if (ended.code !== 0) throw new Error(ended.stderr);
  await kubectl.wait("crd/profiles.kubeflow.org", "condition=Established");
  await kubectl.wait("crd/authorizationpolicies.security.istio.io", "condition=Established");
  await kubectl.apply(deployment("profiles-deployment"));
}

/** The release's own definition, in v1 and v1beta1; where its sources are missing, the starter's. */
function profileDefinition(): string {
  const archive = mirror === undefined ? undefined : join(mirror, "manifests-26.03.tar.gz");
  if (archive === undefined || !existsSync(archive))
    return readFileSync(join(root, "assets/starter/profiles/definition.yaml"), "utf8");
  const file = "manifests-release-26.03/applications/profiles/upstream/crd/bases/kubeflow.org_profiles.yaml";
  return execFileSync("tar", ["-xzOf", archive, file], { encoding: "utf8" });
}

function clusterRole(role: string): object {
  return {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: `kubeflow-${role}` },
    rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] }],
  };
}

export interface KfamBinding {
  user: string;
  role: string;
  namespace: string;
}

/**
 * Whom kfam finds in a namespace. It is asked itself where FLOWDECK_TEST_KFAM names its program (components/access-management
 * of github.com/kubeflow/dashboard, built with Go); else its rule is read from what kubectl gives.
 */
export async function kfamBindings(kubectl: Kubectl, kubeconfig: string, namespace: string): Promise<KfamBinding[]> {
  const program = process.env.FLOWDECK_TEST_KFAM;
  const bindings =
    program === undefined ? await asKfamReads(kubectl, namespace) : await askKfam(program, kubeconfig, namespace);
  return bindings.toSorted((a, b) => a.user.localeCompare(b.user));
}

/** https://github.com/kubeflow/dashboard/blob/main/components/access-management/kfam/bindings.go (List) */
async function asKfamReads(kubectl: Kubectl, namespace: string): Promise<KfamBinding[]> {
  const roles: Record<string, string> = { "kubeflow-admin": "admin", "kubeflow-edit": "edit", "kubeflow-view": "view" };
  const read: unknown = JSON.parse(await kubectl.text("get", "rolebindings", "-n", namespace, "-o", "json"));
  return list(at(read, "items")).flatMap((binding) => {
    const annotations = at(binding, "metadata", "annotations");
    if (at(annotations, "user") === undefined || at(annotations, "role") === undefined) return [];
    const subjects = list(at(binding, "subjects"));
    if (subjects.length !== 1) throw new Error(`kfam fails over ${subjects.length} subjects.`);
    const role = roles[text(at(binding, "roleRef", "name")) ?? ""] ?? "";
    return [{ user: text(at(subjects[0], "name")) ?? "", role, namespace }];
  });
}

async function askKfam(program: string, kubeconfig: string, namespace: string): Promise<KfamBinding[]> {
  const args = ["-userid-header", "kubeflow-userid", "-userid-prefix", ""];
  const kfam = spawn(program, args, { env: { ...process.env, KUBECONFIG: kubeconfig }, stdio: "ignore" });
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        const answer: unknown = await (
          await fetch(`http://127.0.0.1:8081/kfam/v1/bindings?namespace=${namespace}`)
        ).json();
        return list(at(answer, "bindings")).map((binding) => ({
          user: text(at(binding, "user", "name")) ?? "",
          role: text(at(binding, "roleRef", "name")) ?? text(at(binding, "RoleRef", "name")) ?? "",
          namespace: text(at(binding, "referredNamespace")) ?? "",
        }));
      } catch (error) {
        if (attempt > 100) throw error;
        await sleep(100);
      }
    }
  } finally {
    kfam.kill();
  }
}
