import { beforeAll, expect, it } from "vitest";
import type { Subject } from "../../common/contract/index.ts";
import { AccessRules, serveAccess } from "../../electron/access/index.ts";
import { clusterRoom } from "./cluster-room.ts";
import { describeWithCluster } from "./support.ts";

const api = "rbac.authorization.k8s.io";

await describeWithCluster("who may do what", (test) => {
  const room = clusterRoom(test);
  const { kubectl } = room;
  const signal = new AbortController().signal;
  let rules: AccessRules;

  const user = (name: string): Subject => ({ kind: "User", name });
  const account = (name: string): Subject => ({ kind: "ServiceAccount", name, namespace: "team" });
  const asFlags = (who: Subject): string[] =>
    who.kind === "Group"
      ? ["--as", "somebody", "--as-group", who.name]
      : ["--as", who.kind === "User" ? who.name : `system:serviceaccount:${who.namespace}:${who.name}`];

  /** kubectl's own word for it, by the API server's review. */
  async function may(who: Subject, verb: string, what: string, ...more: string[]): Promise<boolean> {
    const { stdout } = await kubectl.run(["auth", "can-i", verb, what, "-n", "team", ...asFlags(who), ...more]);
    return stdout.trim().startsWith("yes");
  }

  beforeAll(async () => {
    rules = new AccessRules(room.connections);
    const role = (kind: string, name: string, entries: object[]) => ({
      apiVersion: `${api}/v1`,
      kind,
      metadata: { name, ...(kind === "Role" ? { namespace: "team" } : {}) },
      rules: entries,
    });
    const binding = (kind: string, name: string, to: [string, string], subjects: object[]) => ({
      apiVersion: `${api}/v1`,
      kind,
      metadata: { name, ...(kind === "RoleBinding" ? { namespace: "team" } : {}) },
      roleRef: { apiGroup: api, kind: to[0], name: to[1] },
      subjects,
    });
    const named = (kind: string, name: string) => ({ apiGroup: api, kind, name });
    const serviceAccount = (name: string) => ({ kind: "ServiceAccount", name, namespace: "team" });
    await kubectl.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "team" } });
    await kubectl.apply(
      { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "editor", namespace: "team" } },
      role("Role", "read-pods", [
        { apiGroups: [""], resources: ["pods", "pods/log"], verbs: ["get", "list", "watch"] },
      ]),
      role("Role", "one-map", [{ apiGroups: [""], resources: ["configmaps"], resourceNames: ["one"], verbs: ["get"] }]),
      role("ClusterRole", "scaler", [{ apiGroups: ["*"], resources: ["*/scale"], verbs: ["update"] }]),
      role("ClusterRole", "health", [{ nonResourceURLs: ["/extra"], verbs: ["get"] }]),
      binding("RoleBinding", "reads", ["Role", "read-pods"], [named("User", "kim"), serviceAccount("editor")]),
      binding("RoleBinding", "ones", ["Role", "one-map"], [named("User", "kim")]),
      binding("RoleBinding", "edits", ["ClusterRole", "edit"], [serviceAccount("editor")]),
      binding("RoleBinding", "broken", ["Role", "absent"], [named("User", "kim")]),
      binding("ClusterRoleBinding", "scales", ["ClusterRole", "scaler"], [named("Group", "scalers")]),
      binding("ClusterRoleBinding", "healths", ["ClusterRole", "health"], [named("User", "kim")]),
    );
  });

  it("names those who may, as the API server decides for each of them", async () => {
    const everybody = [user("kim"), account("editor"), { kind: "Group", name: "scalers" } as const, user("nobody")];
    const questions = [
      { verb: "list", group: "", resource: "pods" },
      { verb: "get", group: "", resource: "pods", subresource: "log" },
      { verb: "delete", group: "", resource: "pods" },
      { verb: "create", group: "apps", resource: "deployments" },
      { verb: "update", group: "apps", resource: "deployments", subresource: "scale" },
      { verb: "get", group: "", resource: "configmaps", name: "one" },
      { verb: "get", group: "", resource: "configmaps", name: "two" },
      { verb: "get", group: "", resource: "nodes" },
    ];
    for (const question of questions) {
      const { subjects } = await rules.who(room.context, { ...question, namespace: "team" }, signal);
      const { verb, group, resource, subresource, name } = question;
      const what = [`${resource}${group === "" ? "" : `.${group}`}`, name].filter(Boolean).join("/");
      for (const who of everybody) {
        const ours = subjects.some(({ subject }) => subject.kind === who.kind && subject.name === who.name);
        const theirs = await may(who, verb, what, ...(subresource ? ["--subresource", subresource] : []));
        expect({ question, who, may: ours }).toEqual({ question, who, may: theirs });
      }
    }
  });

  it("says through which bindings, for which names, and which bindings lead nowhere", async () => {
    const maps = await rules.who(
      room.context,
      { verb: "get", group: "", resource: "configmaps", namespace: "team" },
      signal,
    );
    expect(maps.subjects.find(({ subject }) => subject.name === "kim")).toEqual({
      subject: user("kim"),
      names: ["one"],
      through: [{ binding: "RoleBinding/ones", role: "Role/one-map", namespace: "team" }],
    });
    expect(maps.unknownRoles).toEqual(["RoleBinding broken → Role/absent"]);
    const everywhere = await rules.who(room.context, { verb: "list", group: "", resource: "pods" }, signal);
    expect(everywhere.subjects.map(({ subject }) => subject.name)).not.toContain("kim");
    expect(everywhere.subjects.map(({ subject }) => subject.name)).toContain("system:masters");
  });

  it("lists what this user may do, as kubectl auth can-i --list does", async () => {
    const ours = await rules.mine(room.context, "team", signal);
    const listed = await kubectl.text("auth", "can-i", "--list", "-n", "team");
    const theirs = listed.split("\n").slice(1).filter(Boolean);
    for (const line of theirs) {
      const [, resources = "", urls = "", verbs = ""] =
        /^(\S*)\s+\[([^\]]*)\]\s+\[[^\]]*\]\s+\[([^\]]*)\]/.exec(line) ?? [];
      if (resources !== "") {
        const row = ours.rows.find((candidate) => name(candidate) === resources);
        expect({ resources, verbs: row?.verbs }).toEqual({ resources, verbs: verbs.split(" ").toSorted() });
      } else {
        expect(ours.urls.find(({ url }) => url === urls)?.verbs).toEqual(verbs.split(" ").toSorted());
      }
    }
    expect(theirs.length).toBeGreaterThan(3);
  });

  it("lists what somebody else may do, each line as the API server decides", async () => {
    for (const who of [user("kim"), account("editor")]) {
      const { rows } = await rules.ofSubject(room.context, who, "team", signal);
      expect(rows.length).toBeGreaterThan(1);
      // Roles also speak of groups that this server no longer serves (extensions): kubectl cannot ask about those.
      const served = rows.filter(
        ({ group, resource }) => ["", "apps", "batch"].includes(group) && !resource.includes("*"),
      );
      for (const row of served.slice(0, 30)) {
        const [resource = "", subresource] = row.resource.split("/");
        for (const verb of row.verbs.filter((entry) => entry !== "*").slice(0, 2)) {
          const what = [`${resource}${row.group === "" ? "" : `.${row.group}`}`, row.names?.[0]]
            .filter(Boolean)
            .join("/");
          const theirs = await may(who, verb, what, ...(subresource ? ["--subresource", subresource] : []));
          expect({ who, row, verb, theirs }).toEqual({ who, row, verb, theirs: true });
        }
      }
    }
  });

  it("shows the rules of roles and of bindings, and who has them", async () => {
    const role = await rules.rules(room.context, { kind: "Role", name: "read-pods", namespace: "team" }, signal);
    expect(role.rows.map(({ resource, verbs }) => [resource, verbs.join(" ")])).toEqual([
      ["pods", "get list watch"],
      ["pods/log", "get list watch"],
    ]);
    expect(role.subjects).toEqual([user("kim"), account("editor")]);
    const binding = await rules.rules(room.context, { kind: "ClusterRoleBinding", name: "healths" }, signal);
    expect(binding).toMatchObject({
      role: "ClusterRole/health",
      subjects: [user("kim")],
      urls: [{ url: "/extra", verbs: ["get"] }],
    });
    await expect(
      rules.rules(room.context, { kind: "RoleBinding", name: "broken", namespace: "team" }, signal),
    ).rejects.toMatchObject({ code: "object-not-found", message: "There is no Role team/absent." });
  });

  it("answers many questions of this user at once", async () => {
    const { methods } = serveAccess(room);
    const { answers } = await methods["access.check"](
      {
        context: room.context,
        questions: [
          { verb: "delete", group: "", resource: "pods", namespace: "default" },
          { verb: "create", group: "", resource: "pods", subresource: "exec", namespace: "default" },
        ],
      },
      signal,
    );
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, true]);
  });

  function name({ group, resource }: { group: string; resource: string }): string {
    const [plural = "", subresource] = resource.split("/");
    const full = group === "" ? plural : `${plural}.${group}`;
    return subresource === undefined ? full : `${full}/${subresource}`;
  }
});
