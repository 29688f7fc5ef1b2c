import { describe, expect, it } from "vitest";
import type { Rule } from "../../../common/kube/index.ts";
import { allows, bindingOf, matrixOf, standsFor } from "../../../electron/access/rbac.ts";

const rule = (more: Partial<Rule>): Rule => ({
  verbs: ["get"],
  groups: [""],
  resources: ["pods"],
  names: [],
  urls: [],
  ...more,
});
const question = { verb: "get", group: "", resource: "pods" };

describe("allows", () => {
  it.each([
    ["the same", rule({}), question, true],
    ["another verb", rule({}), { ...question, verb: "list" }, false],
    ["every verb", rule({ verbs: ["*"] }), { ...question, verb: "bind" }, true],
    ["another group", rule({}), { ...question, group: "apps" }, false],
    ["every group", rule({ groups: ["*"] }), { ...question, group: "apps" }, true],
    ["a subresource that is not named", rule({}), { ...question, subresource: "log" }, false],
    ["a subresource", rule({ resources: ["pods/log"] }), { ...question, subresource: "log" }, true],
    ["the resource of a named subresource", rule({ resources: ["pods/log"] }), question, false],
    ["a subresource of any resource", rule({ resources: ["*/scale"] }), { ...question, subresource: "scale" }, true],
    [
      "another subresource of any resource",
      rule({ resources: ["*/scale"] }),
      { ...question, subresource: "log" },
      false,
    ],
    ["every resource", rule({ resources: ["*"] }), { ...question, subresource: "log" }, true],
    ["all objects where only some are named", rule({ names: ["a"] }), question, false],
    ["a named object", rule({ names: ["a"] }), { ...question, name: "a" }, true],
    ["another object", rule({ names: ["a"] }), { ...question, name: "b" }, false],
  ])("%s", (_, given, asked, expected) => {
    expect(allows(given, asked)).toBe(expected);
  });
});

describe("standsFor", () => {
  const account = { kind: "ServiceAccount", name: "editor", namespace: "team" } as const;

  it.each([
    ["the account itself", { kind: "ServiceAccount", name: "editor", namespace: "team" } as const, true],
    ["an account of another namespace", { kind: "ServiceAccount", name: "editor", namespace: "other" } as const, false],
    ["its user name", { kind: "User", name: "system:serviceaccount:team:editor" } as const, true],
    ["all accounts", { kind: "Group", name: "system:serviceaccounts" } as const, true],
    ["accounts of its namespace", { kind: "Group", name: "system:serviceaccounts:team" } as const, true],
    ["accounts of another namespace", { kind: "Group", name: "system:serviceaccounts:other" } as const, false],
    ["all who signed in", { kind: "Group", name: "system:authenticated" } as const, true],
    ["a user of the same name", { kind: "User", name: "editor" } as const, false],
  ])("knows a service account by %s", (_, bound, expected) => {
    expect(standsFor(bound, account)).toBe(expected);
  });

  it("takes the binding's namespace for an account without one", () => {
    const bound = { kind: "ServiceAccount", name: "editor" } as const;
    expect(standsFor(bound, account, "team")).toBe(true);
    expect(standsFor(bound, account, "other")).toBe(false);
  });

  it("knows a user by name and by having signed in", () => {
    const who = { kind: "User", name: "kim" } as const;
    expect(standsFor({ kind: "User", name: "kim" }, who)).toBe(true);
    expect(standsFor({ kind: "Group", name: "system:authenticated" }, who)).toBe(true);
    expect(standsFor({ kind: "Group", name: "kim" }, who)).toBe(false);
    const nobody = { kind: "User", name: "system:anonymous" } as const;
    expect(standsFor({ kind: "Group", name: "system:authenticated" }, nobody)).toBe(false);
  });
});

describe("bindingOf", () => {
  it("takes subjects of known kinds only, and the role by its kind", () => {
    const binding = bindingOf({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name: "b", namespace: "team" },
      roleRef: { kind: "Role", name: "r" },
      subjects: [{ kind: "User", name: "kim" }, { kind: "Robot", name: "x" }, { kind: "Group" }],
    });
    expect(binding).toEqual({
      name: "b",
      kind: "RoleBinding",
      namespace: "team",
      role: "Role/r",
      subjects: [{ kind: "User", name: "kim" }],
    });
  });
});

describe("matrixOf", () => {
  it("joins what several roles say of one resource, and keeps named objects apart", () => {
    const matrix = matrixOf([
      { rule: rule({ verbs: ["list", "get"] }), from: "Role/a" },
      { rule: rule({ verbs: ["watch", "get"] }), from: "Role/b" },
      { rule: rule({ names: ["one"], verbs: ["delete"] }), from: "Role/b" },
      { rule: rule({ groups: [], resources: [], urls: ["/healthz"] }), from: "Role/c" },
    ]);
    expect(matrix).toEqual({
      rows: [
        { group: "", resource: "pods", verbs: ["get", "list", "watch"], from: ["Role/a", "Role/b"] },
        { group: "", resource: "pods", verbs: ["delete"], names: ["one"], from: ["Role/b"] },
      ],
      urls: [{ url: "/healthz", verbs: ["get"] }],
    });
  });
});
