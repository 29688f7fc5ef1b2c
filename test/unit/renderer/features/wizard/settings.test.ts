import { describe, expect, it } from "vitest";
import type { FolderInfo } from "../../../../../common/contract/index.ts";
import { settingsOf, validateDraft } from "../../../../../renderer/features/wizard/settings/validate.ts";
import { firstAccess } from "../../../../../renderer/state/access-draft.ts";
import { deriveNamespace } from "../../../../../renderer/state/derive-namespace.ts";
import type { Draft } from "../../../../../renderer/state/draft.ts";
import { firstOidc, signInSecretsOf, signInSettingsOf } from "../../../../../renderer/state/sign-in-draft.ts";

const draft: Draft = {
  name: "handson-kubeflow",
  baseDir: "/home/user",
  release: "26.03",
  email: "user@example.com",
  userNamespace: "kubeflow-user-example-com",
  auth: "dex",
  oidc: firstOidc,
  namespaceEdited: false,
  kfdef: { file: "standard", ownUri: "", modernise: true },
  images: {},
  access: firstAccess,
  imagePrefix: "",
  pullSecret: "",
};
const folder: FolderInfo = {
  path: "/home/user/handson-kubeflow",
  exists: false,
  empty: true,
  writable: true,
  installation: false,
  folders: [],
};
const check = (change: Partial<Draft> = {}, rest: { password?: string; signIn?: boolean; folder?: FolderInfo } = {}) =>
  validateDraft({
    draft: { ...draft, ...change },
    password: rest.password ?? "correct horse",
    signIn: rest.signIn ?? true,
    folder: rest.folder ?? folder,
  });

describe("settings", () => {
  it("that are right have no problems", () => {
    expect(check()).toEqual({});
  });

  it("name the first problem of each field", () => {
    expect(
      check({ name: "1", baseDir: "here", release: "", email: "me", userNamespace: "kube-x" }, { password: "" }),
    ).toEqual({
      name: "name-start",
      baseDir: "path-relative",
      release: "release-empty",
      email: "email-invalid",
      userNamespace: "namespace-reserved",
      password: "password-empty",
    });
  });

  it("refuse Kubeflow's public password", () => {
    expect(check({}, { password: "12341234" })).toEqual({ password: "password-public" });
  });

  it("need no password without a sign-in, nor where one was chosen before", () => {
    expect(check({}, { password: "", signIn: false })).toEqual({});
    expect(check({}, { password: "", folder: { ...folder, exists: true, empty: false, installation: true } })).toEqual(
      {},
    );
  });

  it("refuse a folder with other things in it, or one that can't be written", () => {
    expect(check({}, { folder: { ...folder, exists: true, empty: false } })).toEqual({ baseDir: "folder-not-empty" });
    expect(check({}, { folder: { ...folder, writable: false } })).toEqual({ baseDir: "folder-not-writable" });
  });

  it("become what the contract takes, without the draft's own fields", () => {
    const settings = settingsOf({ ...draft, baseDir: "/home/user/" }, "practice", "practice", ["istio"]);
    expect(settings).toMatchObject({ baseDir: "/home/user", platform: "practice", auth: "dex", components: ["istio"] });
    expect(settings).not.toHaveProperty("namespaceEdited");
    expect(settingsOf({ ...draft, name: "Not A Name" }, "practice", undefined, [])).toBeUndefined();
  });
});

describe("the namespace of an e-mail", () => {
  it("is named as Kubeflow's own example is", () => {
    expect(deriveNamespace("user@example.com")).toBe("kubeflow-user-example-com");
  });

  it("is always a DNS label", () => {
    for (const email of ["Min.Ji+lab@Example.COM", `${"x".repeat(90)}@y.z`, "é@ü.com", "a@b"])
      expect(deriveNamespace(email)).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
    expect(deriveNamespace("@")).toBe("");
  });
});

describe("how people will sign in", () => {
  const school = {
    type: "oidc",
    id: "school",
    name: "School",
    values: {
      issuer: "https://login.school.example",
      clientID: "kubeflow",
      clientSecret: "from the school",
      redirectURI: "https://kubeflow.example/dex/callback",
    },
  } as const;
  const oidc = {
    issuer: "https://login.school.example",
    clientId: "kubeflow",
    redirect: "https://kubeflow.example/oauth2/callback",
    unverified: false,
  };

  it("is in the settings without secrets, which are given apart", () => {
    const dex = { auth: "dex", oidc: firstOidc, oidcSecret: "unused", connectors: [school] } as const;
    expect(JSON.stringify(signInSettingsOf(dex))).not.toContain("from the school");
    expect(signInSettingsOf(dex)).toMatchObject({
      auth: "dex",
      signIn: { connectors: [{ id: "school", type: "oidc" }] },
    });
    expect(signInSecretsOf(dex)).toEqual({ connectors: { DEX_CONNECTOR_SCHOOL_CLIENTSECRET: "from the school" } });
    const external = { ...dex, auth: "oidc", oidc, oidcSecret: "s3cret" } as const;
    expect(signInSettingsOf(external)).toEqual({ auth: "oidc", oidc });
    expect(signInSecretsOf(external)).toEqual({ oidcClientSecret: "s3cret" });
    expect(signInSecretsOf({ ...external, auth: "standard" })).toBeUndefined();
    expect(signInSettingsOf({ ...external, auth: "standard" })).toEqual({ auth: "standard" });
  });
});
