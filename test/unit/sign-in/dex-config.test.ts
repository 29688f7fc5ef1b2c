import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  DexConfig,
  type DexPerson,
  disabledPeople,
  readDisabled,
} from "../../../electron/install/render/dex-config.ts";

const config = `issuer: http://dex.auth.svc.cluster.local:5556/dex
# kept for the course
enablePasswordDB: true
staticPasswords:
# the teacher
- email: user@example.com
  hashFromEnv: DEX_USER_PASSWORD
  username: user
  userID: "15841185641784"
  groups: [teachers]
staticClients:
# https://github.com/dexidp/dex/pull/1664
- idEnv: OIDC_CLIENT_ID
connectors:
- {type: ldap, id: school, name: School}
`;
const person = (email: string, more: Partial<DexPerson> = {}): DexPerson => ({
  ...{ email, username: email, userId: "1", passwordKey: `DEX_PASSWORD_${email.length}` },
  ...more,
});
/** As Dex reads it: YAML 1.1. */
const asDex = (text: string) => parse(text, { version: "1.1" }) as { staticPasswords: Record<string, unknown>[] };

describe("Dex's configuration", () => {
  it("keeps comments and what others added, whoever is added and removed", () => {
    const document = new DexConfig(config);
    const [user] = document.people;
    if (user === undefined) throw new Error("no one");
    expect(document.connectors).toEqual([{ type: "ldap", id: "school", name: "School", config: {} }]);
    document.setPeople([user, person("ann@example.com")]);
    const text = document.toString();
    for (const kept of ["# kept for the course", "# the teacher", "groups: [ teachers ]", "pull/1664"])
      expect(text.replaceAll("[teachers]", "[ teachers ]")).toContain(kept);
    const again = new DexConfig(text);
    again.setPeople([user]);
    const without = new DexConfig(config);
    without.setPeople([user]);
    expect(again.toString()).toBe(without.toString());
  });

  it("writes text as text, whatever YAML 1.1 would make of it", () => {
    const names = [
      "yes",
      "0123",
      "1e3",
      "12:30",
      "null",
      "~",
      "- a",
      "# b",
      "{{x}}",
      '"',
      "보 학생",
      "a: b",
      "&a *b",
      "",
    ];
    const document = new DexConfig("staticPasswords:\n");
    document.setPeople(names.map((username, index) => person(`p${index}@example.com`, { username, userId: username })));
    const read = asDex(document.toString()).staticPasswords;
    expect(read.map(({ username }) => username)).toEqual(names);
    expect(read.map(({ userID }) => userID)).toEqual(names);
    expect(new DexConfig(document.toString()).people.map(({ username }) => username)).toEqual(names);
  });

  it("finds people by their variable or their address, without regard to case", () => {
    const document = new DexConfig(config);
    document.setPeople([person("User@Example.com", { passwordKey: "DEX_USER_PASSWORD", userId: "2" })]);
    expect(asDex(document.toString()).staticPasswords).toEqual([
      {
        ...{ email: "User@Example.com", hashFromEnv: "DEX_USER_PASSWORD", username: "User@Example.com", userID: "2" },
        groups: ["teachers"],
      },
    ]);
  });

  it("moves a hash from the list into a variable", () => {
    const document = new DexConfig("staticPasswords:\n- email: a@example.com\n  hash: $2y$12$x\n  userID: 08\n");
    const [first] = document.people;
    expect(first).toEqual({ email: "a@example.com", username: "", userId: "08", hash: "$2y$12$x" });
    document.setPeople([person("a@example.com", { userId: "08" })]);
    expect(asDex(document.toString()).staticPasswords[0]).not.toHaveProperty("hash");
  });

  it("can be empty, or without a list", () => {
    const document = new DexConfig(config);
    document.setPeople([]);
    expect(asDex(document.toString()).staticPasswords).toEqual([]);
    const fresh = new DexConfig("issuer: x\n");
    fresh.setPeople([person("ann@example.com")]);
    expect(fresh.people).toHaveLength(1);
  });

  it("refuses what is no configuration, and reads none of it", () => {
    expect(() => new DexConfig("a: [")).toThrow(/can't be read/);
    expect(() => new DexConfig("- a\n- b\n")).toThrow(/not a mapping/);
    const bomb = `a: &a [x,x]\nb: &b [*a,*a]\nstaticPasswords: [{email: *b}]\n`;
    expect(new DexConfig(bomb).people).toEqual([{ email: "", username: "", userId: "" }]);
  });

  it("holds five hundred people", () => {
    const people = Array.from({ length: 500 }, (_, index) =>
      person(`p${index}@example.com`, { passwordKey: `DEX_PASSWORD_${index}` }),
    );
    const document = new DexConfig(config);
    const before = performance.now();
    document.setPeople(people);
    expect(new DexConfig(document.toString()).people).toEqual(people);
    expect(performance.now() - before).toBeLessThan(5000);
  });

  it("keeps disabled people beside it", () => {
    const people = [person("a@example.com", { username: "yes" }), person("b@example.com", { hash: "$2y$x" })];
    const [first, second] = people;
    expect(readDisabled(disabledPeople(people))).toEqual([first, { ...second, passwordKey: undefined }]);
    expect(disabledPeople([])).toBeUndefined();
    expect(readDisabled("a: [")).toEqual([]);
    expect(readDisabled("a: b")).toEqual([]);
  });
});
