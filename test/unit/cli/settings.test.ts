import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { type ContextEntry, installSettings, namespaceName } from "../../../common/contract/index.ts";
import { setting } from "../../../common/words/en/messages/setting.ts";
import { textOf } from "../../../common/words/index.ts";
import {
  type InstallOptions,
  namespaceOf,
  passwordFrom,
  settingsFrom,
} from "../../../electron/cli/install-settings.ts";
import type { LocalClient } from "../../../electron/cli/local-client.ts";
import { settingsProblems } from "../../../electron/cli/settings-messages.ts";
import { UsageError } from "../../../electron/cli/usage-error.ts";

describe("settings on the command line", () => {
  it("has words for every problem the contract can name", async () => {
    const sources = await Promise.all(
      ["settings.ts", "way-in.ts", "oidc-settings.ts"].map((file) =>
        readFile(new URL(`../../../common/contract/${file}`, import.meta.url), "utf8"),
      ),
    );
    const key =
      /"((?:name|path|email|password|namespace|release|config-uri|image|pull|access|acme|node-port|oidc)-[a-z-]+)"/g;
    const keys = sources.flatMap((source) => [...source.matchAll(key)].map((match) => match[1]));
    expect(new Set(keys).size).toBeGreaterThan(15);
    expect([...new Set(keys)].sort()).toEqual(Object.keys(setting).sort());
  });

  it("names the option that each problem comes from", () => {
    const result = installSettings.safeParse({
      name: "Kube flow",
      baseDir: "relative",
      release: "26.03",
      platform: "practice",
      email: "nobody",
      userNamespace: "kube-system",
      components: [],
    });
    expect(
      settingsProblems(result.error?.issues ?? [])
        .map((said) => textOf(said, "en"))
        .sort(),
    ).toEqual([
      "--base-dir: Enter the folder as an absolute path.",
      "--email: This is not a valid email address.",
      "--name: A name has lowercase letters, digits and hyphens only.",
      "--name: A name starts with a lowercase letter.",
      "--user-namespace: This namespace belongs to the cluster or to Kubeflow. Choose another.",
    ]);
  });

  it("leaves what no option says as the folder records it", async () => {
    const release = (id: string) => ({
      ...{ id, components: [{ id: "dashboard" }, { id: "pipelines" }], capabilities: { signIn: "password" } },
    });
    const client = { call: async () => [release("26.03"), release("26.03.1")] } as unknown as LocalClient;
    const context = {
      id: "one",
      name: "lab",
      cluster: "lab",
      server: "https://lab.example.com",
    } as unknown as ContextEntry;
    const options: InstallOptions = {
      ...{ name: "kf", baseDir: "/home/ann", image: [] },
      ...{ publishedPasswords: false, adopt: false, approveExec: false, oidcUnverified: false, connector: [] },
    };
    const known = installSettings.parse({
      ...{ name: "kf", baseDir: "/home/ann", release: "26.03", platform: "existing", auth: "standard" },
      ...{ email: "ann@example.com", userNamespace: "team", components: ["dashboard"], pullSecret: "pull" },
      ...{ images: { a: "b" }, access: { way: "nodePort", nodePort: 31555 }, storagePasswords: "published" },
    });
    const kept = await settingsFrom(client, options, { context, known, signIn: {} });
    expect(kept).toEqual({ ...known, contextName: "lab" });
    const image = ["c=d"];
    const other = { ...options, image, release: "26.03.1", email: "bo@example.com", way: "loadBalancer" };
    expect(await settingsFrom(client, other, { context, known, signIn: {} })).toMatchObject({
      ...{ release: "26.03.1", email: "bo@example.com", userNamespace: "bo-example-com", auth: "standard" },
      ...{ components: ["dashboard", "pipelines"], images: { a: "b", c: "d" }, access: { way: "loadBalancer" } },
    });
    const fresh = await settingsFrom(client, options, { context, signIn: {} });
    expect(fresh).toMatchObject({ release: "26.03.1", email: "user@example.com", auth: "dex", images: {} });
  });

  it("makes a namespace from an email address", () => {
    expect(namespaceOf("user@example.com")).toBe("user-example-com");
    for (const email of ["Ada.Lovelace+x@example.com", "_@example.com", `${"a".repeat(64)}@example.com`]) {
      expect(namespaceName.safeParse(namespaceOf(email)).success, email).toBe(true);
    }
  });

  it("takes the password from the environment by the same rules, and never repeats it", async () => {
    expect(await passwordFrom({}, {})).toBeUndefined();
    expect(await passwordFrom({ passwordEnv: "PW" }, { PW: "correct horse" })).toBe("correct horse");
    await expect(passwordFrom({ passwordEnv: "PW" }, {})).rejects.toThrow("PW");
    const refused = passwordFrom({ passwordEnv: "PW" }, { PW: "12341234" });
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.not.toThrow("12341234");
  });
});
