import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { at, list, text } from "../../common/json/index.ts";
import type { Kubectl } from "./kubectl.ts";

/** Somebody in a profile, as Kubeflow's access management (kfam) tells it. */
export interface KfamBinding {
  user: string;
  role: string;
  namespace: string;
}

/**
 * kfam's own program, for tests that ask it what it makes of our objects: components/access-management of
 * https://github.com/kubeflow/dashboard, built with Go. It is no Go module that can be downloaded, so whoever wants these
 * tests builds it from its sources and names the program here. It listens on port 8081.
 */
export const kfamProgram = process.env.FLOWDECK_TEST_KFAM;

/** Whom kfam finds in a namespace: asked itself where its program is here; else by its rule, over what kubectl gives. */
export async function kfamBindings(kubectl: Kubectl, kubeconfig: string, namespace: string): Promise<KfamBinding[]> {
  const bindings =
    kfamProgram === undefined
      ? await asKfamReads(kubectl, namespace)
      : await withKfam(kubeconfig, (kfam) => kfam.bindings({ namespace }));
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

/** Runs kfam's program, which reads the cluster anew, for as long as `work` takes. */
export async function withKfam<T>(kubeconfig: string, work: (kfam: Kfam) => Promise<T>): Promise<T> {
  if (kfamProgram === undefined) throw new Error("FLOWDECK_TEST_KFAM names no program.");
  const args = ["-userid-header", "kubeflow-userid", "-userid-prefix", ""];
  const program = spawn(kfamProgram, args, { env: { ...process.env, KUBECONFIG: kubeconfig }, stdio: "ignore" });
  const ended = new Promise((resolve) => program.once("exit", resolve));
  try {
    const kfam = new Kfam();
    await kfam.ready();
    return await work(kfam);
  } finally {
    program.kill();
    await ended;
  }
}

/** kfam's requests, as the dashboard's backend sends them. */
export class Kfam {
  readonly #address = "http://127.0.0.1:8081/kfam/v1";

  async ready(): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await fetch(this.#address);
        return;
      } catch (error) {
        if (attempt > 100) throw error;
        await sleep(100);
      }
    }
  }

  /** By namespace, as the dashboard shows contributors; by user, as it finds somebody's namespaces. */
  async bindings(query: { namespace?: string; user?: string; role?: string }): Promise<KfamBinding[]> {
    const answer = await fetch(`${this.#address}/bindings?${new URLSearchParams(query)}`);
    if (!answer.ok) throw new Error(`kfam answers ${answer.status}: ${await answer.text()}`);
    return list(at(await answer.json(), "bindings")).map((binding) => ({
      user: text(at(binding, "user", "name")) ?? "",
      role: text(at(binding, "RoleRef", "name")) ?? "",
      namespace: text(at(binding, "referredNamespace")) ?? "",
    }));
  }

  /** Adds or removes a contributor, as the profile's owner asks for it. */
  async change(method: "POST" | "DELETE", owner: string, { user, role, namespace }: KfamBinding): Promise<void> {
    await this.#send(method, "/bindings", owner, {
      user: { kind: "User", name: user },
      referredNamespace: namespace,
      RoleRef: { kind: "ClusterRole", name: role },
    });
  }

  async createProfile(name: string, owner: string): Promise<void> {
    const profile = { metadata: { name }, spec: { owner: { kind: "User", name: owner } } };
    await this.#send("POST", "/profiles", owner, profile);
  }

  async #send(method: string, path: string, user: string, body: object): Promise<void> {
    const headers = { "content-type": "application/json", "kubeflow-userid": user };
    const answer = await fetch(this.#address + path, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`kfam answers ${answer.status}: ${await answer.text()}`);
  }
}
