import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import type { ClassProgress, ContextId, ProfileList } from "../../common/contract/index.ts";
import { at, parseJson } from "../../common/json/index.ts";
import { serveProfiles } from "../../electron/profiles/index.ts";
import { clusterRoom } from "./cluster-room.ts";
import { kfamBindings, kfamProgram, withKfam } from "./kfam.ts";
import { eventually } from "./kubectl.ts";
import { installProfileKinds } from "./profiles-support.ts";
import { Shell } from "./shell.ts";
import { describeWithCluster } from "./support.ts";

await describeWithCluster("profiles", (test) => {
  const room = clusterRoom(test);
  const { kubectl } = room;
  const owner = "user@example.com";
  const signal = () => AbortSignal.timeout(90_000);

  const methods = () => serveProfiles(room).methods;
  const create = (profile: string, hard: Record<string, string> = {}, dryRun = false) =>
    methods()["profiles.create"]({ context: room.context, profile, owner, hard, dryRun }, signal());
  const share = (profile: string, user: string, role: "view" | "edit") =>
    methods()["profiles.share"]({ context: room.context, profile, user, role }, signal());
  const unshare = (profile: string, user: string) =>
    methods()["profiles.unshare"]({ context: room.context, profile, user }, signal());
  const plan = (text: string) => methods()["profiles.plan"]({ context: room.context, text }, signal());

  /** Watches until the list is as wanted. */
  async function seen(wanted: (list: ProfileList) => boolean): Promise<ProfileList> {
    let last: ProfileList | undefined;
    for await (last of methods()["profiles.watch"]({ context: room.context }, AbortSignal.timeout(40_000))) {
      if (wanted(last)) return last;
    }
    throw new Error(`The list is not as wanted: ${JSON.stringify(last)}`);
  }
  const ready = (name: string) =>
    seen(({ profiles }) => profiles.some((one) => one.name === name && one.state === "ready"));

  async function object(kind: string, name: string, namespace: string): Promise<unknown> {
    return parseJson(await kubectl.text("get", kind, name, "-n", namespace, "-o", "json"));
  }
  const names = async (kind: string, namespace: string) =>
    (await kubectl.text("get", kind, "-n", namespace, "-o", "name")).trim().split("\n").filter(Boolean);

  beforeAll(async () => {
    const absent = await seen(({ state }) => state === "absent");
    expect(absent.profiles).toEqual([]);
    await expect(create("early")).rejects.toMatchObject({ code: "kind-unknown" });
    await installProfileKinds(kubectl);
    await kubectl.wait("deployment/profiles-deployment", "condition=Available");
  });

  it("are created with a quota, and everything that Kubeflow makes of them appears", async () => {
    await eventually(async () => (await create("vision", {}, true)) ?? true);
    expect(await names("profiles", "default")).toEqual([]);
    await create("vision", { cpu: "8", memory: "32Gi" });
    const list = await ready("vision");
    const [vision] = list.profiles;
    expect(vision).toMatchObject({ owner: { kind: "User", name: owner }, hard: { cpu: "8", memory: "32Gi" } });
    expect(vision?.parts.map(({ id, names: made, present }) => [id, made, present])).toEqual([
      ["namespace", ["vision"], true],
      ["admin", ["namespaceAdmin"], true],
      ["istio", ["ns-owner-access-istio"], true],
      ["accounts", ["default-editor", "default-viewer"], true],
      ["quota", ["kf-resource-quota"], true],
    ]);
    expect(Number(list.allocatable.cpu)).toBeGreaterThan(0);
    expect(list.unread).toEqual([]);
    await eventually(async () => {
      const used = (await seen(({ state }) => state === "live")).profiles[0]?.used;
      return used?.cpu === "0" ? true : undefined;
    });
  });

  it("are shared exactly as Kubeflow's dashboard does it, and it finds the same people", async () => {
    const ann = "Ann.Lee+ml@example.com";
    const name = "user-ann-lee-ml-example-com-clusterrole-edit";
    expect(await share("vision", ann, "edit")).toEqual({ unchanged: false });
    expect(await share("vision", ann, "edit")).toEqual({ unchanged: true });
    const binding = await object("rolebinding", name, "vision");
    expect(at(binding, "metadata", "annotations")).toEqual({ user: ann, role: "edit" });
    expect(at(binding, "roleRef")).toEqual({
      ...{ apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "kubeflow-edit" },
    });
    expect(at(binding, "subjects")).toEqual([{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: ann }]);
    const policy = await object("authorizationpolicy", name, "vision");
    expect(at(policy, "metadata", "annotations")).toEqual({ user: ann, role: "edit" });
    const principals = [
      "cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account",
      "cluster.local/ns/kubeflow/sa/ml-pipeline-ui",
    ];
    expect(at(policy, "spec")).toEqual({
      rules: [
        { from: [{ source: { principals } }], when: [{ key: "request.headers[kubeflow-userid]", values: [ann] }] },
      ],
    });
    expect(await kfamBindings(kubectl, test.kubeconfig, "vision")).toEqual([
      { user: ann, role: "edit", namespace: "vision" },
      { user: owner, role: "admin", namespace: "vision" },
    ]);
    // The other role takes the place of the first.
    await share("vision", ann, "view");
    expect(await kfamBindings(kubectl, test.kubeconfig, "vision")).toEqual([
      { user: ann, role: "view", namespace: "vision" },
      { user: owner, role: "admin", namespace: "vision" },
    ]);
    const { profiles } = await seen((list) => list.profiles[0]?.members[1]?.role === "view");
    expect(profiles[0]?.members.map(({ user, role, admitted }) => ({ user, role, admitted }))).toEqual([
      { user: owner, role: "admin", admitted: true },
      { user: ann, role: "view", admitted: true },
    ]);
    await expect(share("vision", "ann-lee-ml@example.com", "view")).rejects.toThrow(/already stands for Ann\.Lee\+ml/);
    expect(await unshare("vision", ann)).toEqual({ removed: 1 });
    expect(await names("authorizationpolicies", "vision")).toEqual([
      "authorizationpolicy.security.istio.io/ns-owner-access-istio",
    ]);
    expect(await kfamBindings(kubectl, test.kubeconfig, "vision")).toHaveLength(1);
    await expect(unshare("vision", ann)).rejects.toMatchObject({ code: "not-found" });
    await expect(unshare("vision", owner)).rejects.toMatchObject({ code: "not-found" });
  });

  it.skipIf(kfamProgram === undefined)("are the same for kfam's own program, both ways", async () => {
    const [eve, dan] = ["eve+x@Example.com", "dan.o-neil@example.com"];
    const nameOf = (user: string, role: string) =>
      `user-${user.toLowerCase().replace(/[^a-z0-9]+/g, "-")}-clusterrole-${role}`;
    const written = async (user: string, role: string) => {
      const objects = [
        await object("rolebinding", nameOf(user, role), "vision"),
        await object("authorizationpolicy", nameOf(user, role), "vision"),
      ];
      return objects.map((one) => ({
        ...{ apiVersion: at(one, "apiVersion"), annotations: at(one, "metadata", "annotations") },
        ...{ spec: at(one, "spec"), roleRef: at(one, "roleRef"), subjects: at(one, "subjects") },
      }));
    };
    await share("vision", eve, "view");
    await share("vision", dan, "edit");
    const ours = [await written(eve, "view"), await written(dan, "edit")];
    await withKfam(test.kubeconfig, async (kfam) => {
      expect(await kfam.bindings({ user: eve })).toEqual([{ user: eve, role: "view", namespace: "vision" }]);
      expect(await kfam.bindings({ namespace: "vision", role: "edit" })).toEqual([
        { user: dan, role: "edit", namespace: "vision" },
      ]);
      // It finds and removes both objects of each, and what it makes instead is the same to the letter.
      for (const [user, role] of [
        [eve, "view"],
        [dan, "edit"],
      ] as const) {
        await kfam.change("DELETE", owner, { user, role, namespace: "vision" });
        await kfam.change("POST", owner, { user, role, namespace: "vision" });
      }
      await kfam.createProfile("by-kfam", owner);
    });
    expect([await written(eve, "view"), await written(dan, "edit")]).toEqual(ours);
    const { profiles } = await seen(
      ({ profiles: all }) => all.find(({ name }) => name === "vision")?.members.length === 3,
    );
    expect(profiles.find(({ name }) => name === "vision")?.members).toEqual([
      { user: owner, kind: "User", role: "admin", binding: "namespaceAdmin", admitted: true },
      { user: dan, kind: "User", role: "edit", binding: nameOf(dan, "edit"), admitted: true },
      { user: eve, kind: "User", role: "view", binding: nameOf(eve, "view"), admitted: true },
    ]);
    await ready("by-kfam");
    expect(await share("vision", dan, "edit")).toEqual({ unchanged: true });
    expect([await unshare("vision", eve), await unshare("vision", dan)]).toEqual([{ removed: 1 }, { removed: 1 }]);
    expect(await kfamBindings(kubectl, test.kubeconfig, "vision")).toHaveLength(1);
    await methods()["profiles.delete"]({ context: room.context, profile: "by-kfam", confirm: "by-kfam" }, signal());
    await seen((list) => list.profiles.every(({ name }) => name !== "by-kfam"));
  });

  it("have PodDefaults and pull secrets, of which only the registries' names are told", async () => {
    const of = { context: room.context, profile: "vision" };
    const make = (name: string, secret: string) =>
      methods()["profiles.createPodDefault"](
        { ...of, name, description: "Keys", gives: { what: "secret", secret, path: "/etc/keys" } },
        signal(),
      );
    await expect(make("keys", "nowhere")).rejects.toThrow("There is no Secret nowhere in vision.");
    const auths = { "registry.example.com": { auth: "cm9ib3Q6aHVudGVyMg==" } };
    await kubectl.apply(
      {
        ...{ apiVersion: "v1", kind: "Secret", metadata: { name: "regcred", namespace: "vision" } },
        ...{ type: "kubernetes.io/dockerconfigjson", stringData: { ".dockerconfigjson": JSON.stringify({ auths }) } },
      },
      {
        ...{ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "robot", namespace: "vision" } },
        imagePullSecrets: [{ name: "regcred" }, { name: "lost" }],
      },
    );
    await make("keys", "regcred");
    const details = await methods()["profiles.details"](of, signal());
    expect(details).toMatchObject({
      podDefaults: [{ name: "keys", description: "Keys", labels: { keys: "true" }, paths: ["/etc/keys"] }],
      unread: [],
    });
    expect(details.accounts.find(({ account }) => account === "robot")?.secrets).toEqual([
      { name: "regcred", state: "present", registries: ["registry.example.com"] },
      { name: "lost", state: "absent", registries: [] },
    ]);
    expect(details.accounts.slice(0, 2).map(({ account }) => account)).toEqual(["default-editor", "default-viewer"]);
    expect(JSON.stringify(details)).not.toContain("cm9i");
    await methods()["profiles.deletePodDefault"]({ ...of, name: "keys" }, signal());
    await expect(methods()["profiles.deletePodDefault"]({ ...of, name: "keys" }, signal())).rejects.toThrow(
      "There is no PodDefault keys in vision.",
    );
  });

  it("are left by who may leave, and others are told whom to ask", async () => {
    const of = { context: room.context, profile: "vision" };
    const { user } = await methods()["profiles.details"](of, signal());
    expect(user).toBeDefined();
    await expect(methods()["profiles.leave"](of, signal())).rejects.toMatchObject({ code: "not-found" });
    const liz = "liz@example.com";
    await share("vision", liz, "edit");
    const actAs = (impersonate: { user: string; groups: string[] } | null) =>
      room.kubeconfigs.setOptions(room.context, { impersonate });
    try {
      await actAs({ user: liz, groups: [] });
      const refused = methods()["profiles.leave"](of, signal());
      await expect(refused).rejects.toMatchObject({ code: "forbidden" });
      await expect(refused).rejects.toThrow(/liz@example.com can't delete rolebindings/);
      const rules = [
        { apiGroups: ["rbac.authorization.k8s.io"], resources: ["rolebindings"], verbs: ["list", "delete"] },
        { apiGroups: ["security.istio.io"], resources: ["authorizationpolicies"], verbs: ["delete"] },
      ];
      const meta = { name: "may-leave", namespace: "vision" };
      const group = "rbac.authorization.k8s.io";
      await kubectl.apply(
        { apiVersion: `${group}/v1`, kind: "Role", metadata: meta, rules },
        {
          ...{ apiVersion: `${group}/v1`, kind: "RoleBinding", metadata: meta },
          roleRef: { apiGroup: group, kind: "Role", name: "may-leave" },
          subjects: [{ apiGroup: group, kind: "User", name: liz }],
        },
      );
      expect(await eventually(() => methods()["profiles.leave"](of, signal()))).toEqual({ user: liz });
    } finally {
      await actAs(null);
    }
    expect(await kfamBindings(kubectl, test.kubeconfig, "vision")).toHaveLength(1);
  });

  it("are found by who can't list them: those the user has access to, and what can't be read is named", async () => {
    const pam = "pam@example.com";
    await share("vision", pam, "view");
    const actAs = (user: string | undefined) =>
      room.kubeconfigs.setOptions(room.context, { impersonate: user === undefined ? null : { user, groups: [] } });
    const input = { context: room.context, namespaces: ["vision", "kube-system"] };
    const first = async (input: { context: ContextId; namespaces?: string[] }) => {
      for await (const list of methods()["profiles.watch"](input, AbortSignal.timeout(40_000)))
        if (list.state !== "listing") return list;
      throw new Error("Nothing was told.");
    };
    try {
      await actAs(pam);
      const list = await eventually(async () => {
        const now = await first(input);
        return now.profiles.length > 0 ? now : undefined;
      });
      expect(list).toMatchObject({ state: "live", limited: true });
      expect(list.profiles.map(({ name, owner: { name: whose }, state }) => [name, whose, state])).toEqual([
        ["vision", owner, "ready"],
      ]);
      expect(list.profiles[0]?.hard).toEqual({ cpu: "8", memory: "32Gi" });
      expect(list.profiles[0]?.parts.map(({ id }) => id)).toEqual(["namespace", "accounts", "quota"]);
      expect(list.unread.map(({ kind }) => kind).sort()).toEqual(["AuthorizationPolicy", "Namespace", "RoleBinding"]);
      // Without a name to look for there is nothing that this address could be found by.
      expect(await first({ context: room.context })).toMatchObject({ limited: true, profiles: [] });
      await actAs("vision@example.com");
      expect((await first({ context: room.context })).profiles).toEqual([]);
    } finally {
      await actAs(undefined);
    }
    await unshare("vision", pam);
  });

  it("take the header and its prefix from what the owner's policy has", async () => {
    const key = "request.headers[x-goog-authenticated-user-email]";
    const rule = { when: [{ key, values: [`accounts.google.com:${owner}`] }] };
    // As long as the profile does not change, its controller lets that stand.
    await kubectl.text(
      ...["patch", "authorizationpolicy", "ns-owner-access-istio", "-n", "vision", "--type=merge"],
      ...["-p", JSON.stringify({ spec: { rules: [rule] } })],
    );
    await share("vision", "gus@example.com", "view");
    const policy = await object("authorizationpolicy", "user-gus-example-com-clusterrole-view", "vision");
    expect(at(policy, "spec", "rules")).toEqual([{ when: [{ key, values: ["accounts.google.com:gus@example.com"] }] }]);
    await unshare("vision", "gus@example.com");
  });

  it("write nothing when half of it would be refused", async () => {
    const refusing = {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicy",
      metadata: { name: "no-policies" },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: [
            { apiGroups: ["security.istio.io"], apiVersions: ["*"], operations: ["CREATE"], resources: ["*"] },
          ],
        },
        validations: [{ expression: "false", message: "No policies today." }],
      },
    };
    const bound = { policyName: "no-policies", validationActions: ["Deny"] };
    await kubectl.apply(refusing, {
      ...{ apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingAdmissionPolicyBinding" },
      ...{ metadata: { name: "no-policies" }, spec: bound },
    });
    try {
      const refusal = await eventually(async () => {
        try {
          await share("vision", "hal@example.com", "view");
        } catch (error) {
          return error;
        }
        await unshare("vision", "hal@example.com");
        return undefined;
      });
      expect(String(refusal)).toMatch(/AuthorizationPolicy vision\/user-hal-example-com-clusterrole-view/);
      expect(await kfamBindings(kubectl, test.kubeconfig, "vision")).toHaveLength(1);
    } finally {
      await kubectl.text(
        "delete",
        "validatingadmissionpolicybinding/no-policies",
        "validatingadmissionpolicy/no-policies",
      );
    }
  });

  it("refuse what can't be, with words", async () => {
    await expect(create("Vision")).rejects.toThrow(/Vision can't be a profile's name/);
    await expect(create("vision")).rejects.toThrow(/There already is a profile vision, owned by user@example.com/);
    await expect(create("kube-system")).rejects.toThrow(/namespace kube-system that belongs to no profile/);
    await expect(create("a", { memory: "16" })).rejects.toThrow(/its unit is missing/);
    await expect(share("nothing", "a@example.com", "view")).rejects.toThrow("There is no profile nothing.");
    await expect(share("vision", owner, "view")).rejects.toThrow(/already owns vision/);
    await expect(share("vision", "=1+1", "view")).rejects.toThrow(/starts like a spreadsheet formula/);
  });

  it("get another quota and another owner, which Kubeflow and its dashboard follow", async () => {
    const setQuota = (hard: Record<string, string>) =>
      methods()["profiles.setQuota"]({ context: room.context, profile: "vision", hard }, signal());
    expect(await setQuota({ cpu: "8000m", memory: "32Gi" })).toEqual({ unchanged: true });
    await setQuota({ cpu: "4", "requests.storage": "10Gi" });
    await eventually(async () => {
      const hard = at(await object("resourcequota", "kf-resource-quota", "vision"), "spec", "hard");
      expect(hard).toEqual({ cpu: "4", "requests.storage": "10Gi" });
      return true;
    });
    const setOwner = (to: string) =>
      methods()["profiles.setOwner"]({ context: room.context, profile: "vision", owner: to }, signal());
    expect(await setOwner(owner)).toEqual({ unchanged: true });
    expect(await setOwner("eve@example.com")).toEqual({ unchanged: false });
    await seen(({ profiles }) => profiles[0]?.owner.name === "eve@example.com" && profiles[0].state === "ready");
    expect(await kfamBindings(kubectl, test.kubeconfig, "vision")).toEqual([
      { user: "eve@example.com", role: "admin", namespace: "vision" },
    ]);
    expect(at(await object("rolebinding", "namespaceAdmin", "vision"), "metadata", "annotations", "user")).toBe(
      "eve@example.com",
    );
    await eventually(async () => {
      const rules = at(await object("authorizationpolicy", "ns-owner-access-istio", "vision"), "spec", "rules");
      expect(JSON.stringify(rules)).toContain("eve@example.com");
      return true;
    });
    await setQuota({});
    await eventually(async () => ((await names("resourcequota", "vision")).length === 0 ? true : undefined));
  });

  it("come thirty at once from a class list, or not at all", async () => {
    const apply = async (text: string, digest: string): Promise<ClassProgress> => {
      let last: ClassProgress | undefined;
      for await (last of methods()["profiles.apply"]({ context: room.context, text, digest }, signal()));
      if (last === undefined) throw new Error("Nothing was told.");
      return last;
    };
    const lines = Array.from(
      { length: 30 },
      (_, at) => `class-${at},s${at}@example.com,teacher@example.com:view,small`,
    );
    const text = ["profile,owner,members,quota", ...lines, "vision,eve@example.com,,"].join("\r\n");
    const broken = text.replace("class-7,", "Class_7,");
    const refused = await plan(broken);
    expect(refused.errors.map(({ line }) => line)).toEqual([9]);
    await expect(apply(broken, refused.digest)).rejects.toThrow("Nothing was changed: the list has errors.");
    const plain = await plan(text);
    expect(plain.errors).toEqual([]);
    expect(plain.rows.map(({ action }) => action)).toEqual([...Array(30).fill("create"), "unchanged"]);
    await expect(apply(text, refused.digest)).rejects.toMatchObject({ code: "plan-stale" });
    expect(await names("profiles", "default")).toEqual(["profile.kubeflow.org/vision"]);
    const done = await apply(text, plain.digest);
    expect(done.rows.filter(({ state }) => state !== "done")).toEqual([]);
    expect(done).toMatchObject({ state: "done", rows: { length: 30 } });
    expect(await kfamBindings(kubectl, test.kubeconfig, "class-29")).toEqual([
      { user: "s29@example.com", role: "admin", namespace: "class-29" },
      { user: "teacher@example.com", role: "view", namespace: "class-29" },
    ]);
    expect((await plan(text)).rows.every(({ action }) => action === "unchanged")).toBe(true);
  });

  it("stop where a class list is canceled: nothing more is begun, and applying it again completes it", async () => {
    const lines = Array.from({ length: 24 }, (_, at) => `late-${at},s${at}@example.com,teacher@example.com:view,`);
    const text = ["profile,owner,members,quota", ...lines].join("\n");
    const apply = async (stop: AbortController, enough: (told: ClassProgress) => boolean) => {
      const { digest } = await plan(text);
      let last: ClassProgress | undefined;
      for await (last of methods()["profiles.apply"]({ context: room.context, text, digest }, stop.signal))
        if (enough(last)) stop.abort();
      return last;
    };
    const begun = ({ rows }: ClassProgress) => rows.some(({ state }) => state === "sharing" || state === "done");
    await apply(new AbortController(), begun).catch(() => undefined);
    const late = async () => (await names("profiles", "default")).filter((name) => name.includes("/late-"));
    const made = await late();
    expect(made.length).toBeGreaterThan(0);
    expect(made.length).toBeLessThan(24);
    const left = await plan(text);
    expect(left.errors).toEqual([]);
    expect(left.rows.filter(({ action }) => action === "create")).toHaveLength(24 - made.length);
    expect(await late()).toEqual(made);
    expect(await apply(new AbortController(), () => false)).toMatchObject({ state: "done" });
    expect((await plan(text)).rows.every(({ action }) => action === "unchanged")).toBe(true);
  });

  it("are managed from the command line, too", async () => {
    const folder = await mkdtemp(join(tmpdir(), "flowdeck-profiles-"));
    const shell = new Shell(folder, test.kubeconfig);
    const run = (...args: string[]) => shell.run(folder, ["profiles", ...args], { LC_ALL: "en_US.UTF-8" });
    try {
      const created = await run("create", "cli", "--owner", owner, "--quota", "small");
      expect(created).toMatchObject({ code: 0, text: expect.stringContaining("✓ Profile cli was created.") });
      await ready("cli");
      const [shared, list] = [await run("share", "cli", "ann@example.com", "--role", "view"), await run("list")];
      expect(shared.text).toContain("✓ cli is shared with ann@example.com.");
      expect(list.text).toMatch(/^cli +user@example\.com +user@example\.com:admin ann@example\.com:view/m);
      const json = await shell.run(folder, ["--json", "profiles", "list"]);
      const told = parseJson(json.text.trim().split("\n").at(-1) ?? "");
      expect(at(told, "type")).toBe("profiles");
      expect(JSON.stringify(told)).toContain("ann@example.com");
      expect((await run("unshare", "cli", "ann@example.com")).text).toContain("no longer has access to cli");
      expect(await run("unshare", "cli", "ann@example.com")).toMatchObject({ code: 1 });
      expect(await run("create", "Cli", "--owner", owner)).toMatchObject({ code: 1 });
      expect(await run("create", "other", "--owner", owner, "--quota", "huge")).toMatchObject({ code: 2 });

      const file = join(folder, "class.csv");
      await writeFile(file, `profile,owner,members,quota\ncli,${owner},,small\nCLI_2,${owner},,\n`);
      const broken = await run("apply", "--file", file, "--yes");
      expect(broken).toMatchObject({ code: 1, text: expect.stringContaining("Line 3: ") });
      await writeFile(file, `profile,owner,members,quota\ncli,${owner},,small\ncli-2,${owner},,\n`);
      const planned = await run("apply", "--file", file);
      expect(planned.text).toMatch(/^= cli$[\s\S]*^\+ cli-2$[\s\S]*Use --yes to apply the plan\./m);
      expect(await names("profiles", "default")).not.toContain("profile.kubeflow.org/cli-2");
      expect(await run("apply", "--file", file, "--yes")).toMatchObject({
        code: 0,
        text: expect.stringContaining("1 of 1 done"),
      });
      expect((await run("delete", "cli-2")).text).toContain("The namespace cli-2 and ");
      expect(await names("profiles", "default")).toContain("profile.kubeflow.org/cli-2");
      expect((await run("delete", "cli-2", "--yes")).text).toContain("✓ Profile cli-2 is being deleted.");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("are deleted after their name was typed, with what is in them", async () => {
    await kubectl.apply(
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "notes", namespace: "class-0", finalizers: ["example.com/keep"] },
      },
      {
        ...{ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "work", namespace: "class-0" } },
        spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
      },
    );
    const contents = await methods()["profiles.contents"]({ context: room.context, profile: "class-0" }, signal());
    expect(contents.claims).toEqual([{ name: "work", size: "1Gi" }]);
    expect(contents.kinds).toContainEqual({ kind: "RoleBinding", count: 4 });
    expect(contents.objects).toBe(contents.kinds.reduce((sum, { count }) => sum + count, 0));
    const remove = (confirm: string) =>
      methods()["profiles.delete"]({ context: room.context, profile: "class-0", confirm }, signal());
    await expect(remove("class")).rejects.toMatchObject({ code: "not-allowed" });
    await remove("class-0");
    const { profiles } = await seen((list) => list.profiles.some(({ state }) => state === "deleting"));
    expect(profiles.find(({ name }) => name === "class-0")).toMatchObject({ owner: { name: "s0@example.com" } });
    await expect(create("class-0")).rejects.toThrow("Profile class-0 is still being deleted.");
  });
});
