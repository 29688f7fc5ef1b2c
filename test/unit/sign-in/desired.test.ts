import { describe, expect, it } from "vitest";
import type { SignInChange } from "../../../common/contract/index.ts";
import { textOf } from "../../../common/words/index.ts";
import { DexConfig } from "../../../electron/install/index.ts";
import { desired } from "../../../electron/sign-in/desired.ts";

const listed = (connectors = "") =>
  new DexConfig(
    [
      "staticPasswords:",
      "- {email: user@example.com, hashFromEnv: DEX_USER_PASSWORD, username: user, userID: '1'}",
      "- {email: Ann@example.com, hashFromEnv: DEX_PASSWORD_A, username: Ann, userID: '2'}",
      connectors,
    ].join("\n"),
  );
const off = { email: "cy@example.com", username: "Cy", userId: "3", passwordKey: "DEX_PASSWORD_C" };
const passwords = { apiVersion: "v1", kind: "Secret", metadata: { name: "dex-passwords" } };
const plan = (change: SignInChange, config = listed()) => desired({ config, disabled: [off], passwords }, change);
const errors = (change: SignInChange, config?: DexConfig) =>
  plan(change, config).errors.map(({ line, said }) => `${line ?? "-"} ${textOf(said, "en")}`);
const password = "long enough";

describe("a change of the people", () => {
  it("adds someone with a variable of their own", () => {
    const { people, changes } = plan({ do: "add", email: " bo@example.com ", username: "", password });
    expect(people.at(-1)).toMatchObject({ email: "bo@example.com", username: "bo", disabled: false, password });
    expect(people.at(-1)?.passwordKey).toMatch(/^DEX_PASSWORD_[0-9A-F]{20}$/);
    expect(changes.map((said) => textOf(said, "en"))).toEqual(["Add bo@example.com, shown as bo"]);
  });

  it.each([
    [{ do: "add", email: "ann@EXAMPLE.com", username: "", password }, "- Ann@example.com is in the list already."],
    [{ do: "add", email: "cy@example.com", username: "", password }, "- cy@example.com is in the list already."],
    [{ do: "add", email: "a\n- email: x@y.z", username: "", password }, "- a\n- email: x@y.z is not an email address."],
    [{ do: "add", email: "=cmd@example.com", username: "", password }, "- =cmd@example.com is not an email address."],
    [{ do: "add", email: "b@example.com", username: "a\nb", password }, "- A name is text on one line."],
    [{ do: "add", email: "b@example.com", username: "b", password: "12341234" }, /well-known default/],
    [{ do: "add", email: "b@example.com", username: "b", password: "가".repeat(25) }, /72 bytes/],
    [{ do: "password", email: "no@example.com", password }, "- no@example.com is not in the list."],
    [{ do: "remove", emails: ["user@example.com", "ann@example.com"] }, /No one could sign in/],
    [{ do: "disable", emails: ["user@example.com", "ann@example.com"] }, /No one could sign in/],
  ] satisfies [SignInChange, string | RegExp][])("is refused with words: %j", (change, words) => {
    const [first] = errors(change);
    if (typeof words === "string") expect(first).toBe(words);
    else expect(first).toMatch(words);
  });

  it("may leave no one where a connector lets people in", () => {
    const config = listed("connectors: [{type: oidc, id: x, name: X}]");
    expect(errors({ do: "remove", emails: ["user@example.com", "ann@example.com"] }, config)).toEqual([]);
  });

  it("disables and enables, and keeps the password", () => {
    const disabled = plan({ do: "disable", emails: ["ann@example.com"] });
    expect(disabled.people.find(({ email }) => email === "Ann@example.com")).toMatchObject({
      disabled: true,
      passwordKey: "DEX_PASSWORD_A",
    });
    expect(textOf(disabled.warnings[0] ?? { id: "people.stale", params: {} }, "en")).toContain("24 hours");
    expect(plan({ do: "enable", emails: ["cy@example.com"] }).people.every((one) => !one.disabled)).toBe(true);
  });

  it("reads a list with every fault at its line", () => {
    const text = [
      "이메일;이름;비밀번호",
      "bo@example.com;보;",
      "bo@example.com;Bo;long enough",
      "ann@example.com;Ann Lee;long enough",
      "nobody;x;",
      "di@example.com;Di;short",
      "ed@example.com;Ed",
    ].join("\r\n");
    expect(errors({ do: "import", text })).toEqual([
      "3 bo@example.com is on line 2 already.",
      "5 nobody is not an email address.",
      "6 A password has at least 8 characters.",
      expect.stringMatching(/^7 /),
    ]);
    const fine = text.split("\r\n").filter((_, index) => [0, 1, 3].includes(index));
    expect(plan({ do: "import", text: fine.join("\r\n") }).changes.map((said) => textOf(said, "en"))).toEqual([
      "Add bo@example.com, shown as 보, with a generated password",
      "Show Ann@example.com as Ann Lee",
      "Change the password of Ann@example.com",
    ]);
  });

  it("never quotes a password of a list that can't be read", () => {
    const words = errors({ do: "import", text: 'email,password\na@example.com,"s3cret-open\n' }).join();
    expect(words).toMatch(/^\d/);
    expect(words).not.toContain("s3cret");
    expect(errors({ do: "import", text: "password\nsecret-in-here\n" }).join()).not.toContain("secret-in-here");
  });

  it("refuses a huge list at once", () => {
    expect(() => plan({ do: "import", text: "email\n".repeat(200_000) })).toThrow();
    const many = `email\n${Array.from({ length: 501 }, (_, index) => `p${index}@example.com`).join("\n")}`;
    expect(errors({ do: "import", text: many })[0]).toContain("501");
  });
});
