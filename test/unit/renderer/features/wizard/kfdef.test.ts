import { describe, expect, it } from "vitest";
import type { KfDefChange, KfDefDocument } from "../../../../../common/contract/index.ts";
import { type Message, message } from "../../../../../common/words/index.ts";
import { issuesOf } from "../../../../../renderer/features/wizard/kfdef/issues.ts";
import {
  itemOf,
  neighbourOf,
  parameterRows,
  partKey,
  parts,
  placeAfterMove,
  withOverlay,
} from "../../../../../renderer/features/wizard/kfdef/parts.ts";
import { copyIn, groupChanges, imageRows, shortened } from "../../../../../renderer/features/wizard/plan/changes.ts";
import {
  anonymous,
  type KfDefAsk,
  settingsOf,
  validateDraft,
} from "../../../../../renderer/features/wizard/settings/validate.ts";
import { firstAccess } from "../../../../../renderer/state/access-draft.ts";
import type { Draft } from "../../../../../renderer/state/draft.ts";
import { firstOidc } from "../../../../../renderer/state/sign-in-draft.ts";

const application = (name: string) => ({
  name,
  repo: "manifests",
  path: name,
  overlays: [],
  parameters: [],
  place: { line: 1, column: 1 },
});

const document: KfDefDocument = {
  configUri: "/tmp/kfdef.yaml",
  fileName: "kfdef.yaml",
  text: "",
  apiVersion: "kfdef.apps.kubeflow.org/v1",
  namespace: "kubeflow",
  version: "v1.0.0",
  auth: "standard",
  applications: [application("a"), application("b"), application("c")],
  plugins: [{ kind: "KfAwsPlugin", name: "aws", auths: [], fields: [] }],
  secrets: [],
  repos: [],
  issues: [],
};

describe("the editor's list", () => {
  it("has applications in order, then plugins, and secrets only where there are any", () => {
    expect(parts(document).map(partKey)).toEqual(["application/a", "application/b", "application/c", "plugin/aws"]);
    const secrets = [{ name: "password", source: "literal", variable: "FLOWDECK_SECRET_PASSWORD" }] as const;
    expect(parts({ ...document, secrets: [...secrets] }).at(-1)).toEqual({ kind: "secrets", name: "", copy: 0 });
  });

  it("tells two of one name apart", () => {
    const twice = {
      ...document,
      applications: [application("a"), { ...application("a"), path: "other" }],
      plugins: [],
    };
    expect(parts(twice).map(partKey)).toEqual(["application/a", "application/a/1"]);
    expect(parts(twice).map((part) => itemOf(twice.applications, part)?.path)).toEqual(["a", "other"]);
  });

  it("goes to the next application when one is removed, and to the one before after the last", () => {
    expect(neighbourOf(document, "b")?.name).toBe("c");
    expect(neighbourOf(document, "c")?.name).toBe("b");
    expect(neighbourOf({ ...document, applications: [application("a")] }, "a")).toBeUndefined();
  });

  it("moves by one place: in front of which application that is", () => {
    const names = ["a", "b", "c"];
    expect(placeAfterMove(names, "b", -1)).toEqual({ before: "a" });
    expect(placeAfterMove(names, "a", 1)).toEqual({ before: "c" });
    expect(placeAfterMove(names, "b", 1)).toEqual({});
    expect(placeAfterMove(names, "a", -1)).toBeUndefined();
    expect(placeAfterMove(names, "c", 1)).toBeUndefined();
    expect(placeAfterMove(names, "unknown", 1)).toBeUndefined();
  });
});

describe("an application's form", () => {
  it("puts an overlay last and takes one out", () => {
    expect(withOverlay(["istio"], "application", true)).toEqual(["istio", "application"]);
    expect(withOverlay(["istio", "application"], "istio", false)).toEqual(["application"]);
  });

  it("lists what the file sets with the folder's value beside it, then what only the folder has", () => {
    const set = [
      { name: "namespace", value: "istio-system" },
      { name: "own", value: "" },
    ];
    const offered = [
      { name: "clusterDomain", value: "cluster.local" },
      { name: "namespace", value: "kubeflow" },
    ];
    expect(parameterRows(set, offered)).toEqual([
      { name: "namespace", value: "istio-system", folder: "kubeflow" },
      { name: "own", value: "", folder: undefined },
      { name: "clusterDomain", value: undefined, folder: "cluster.local" },
    ]);
  });
});

describe("an error of reading", () => {
  it("gives the places that its advice lists", () => {
    const error = {
      code: "kfdef-invalid",
      message: "Not a KfDef.",
      advice: [
        message("kfdef.at", { line: "3", column: "7", what: message("kfdef.tabIndent") }),
        message("kfdef.moreDocuments"),
      ],
    };
    expect(issuesOf({ ...error, code: "kfdef-invalid" })).toEqual([
      { level: "error", said: message("kfdef.tabIndent"), place: { line: 3, column: 7 } },
    ]);
    expect(issuesOf({ code: "kfdef-invalid", message: "Not a KfDef." })).toEqual([]);
  });
});

describe("conversions", () => {
  const change = (
    kind: string,
    from: string,
    to: string | undefined,
    name: string,
    ...notes: Message[]
  ): KfDefChange => ({
    component: "argo",
    object: { apiVersion: from, kind, name },
    ...(to === undefined ? {} : { to }),
    notes,
  });
  const changes = [
    change("PodSecurityPolicy", "policy/v1beta1", undefined, "strict", message("conversion.podSecurityPolicy")),
    change("Role", "rbac.authorization.k8s.io/v1beta1", "rbac.authorization.k8s.io/v1", "one"),
    change("Role", "rbac.authorization.k8s.io/v1beta1", "rbac.authorization.k8s.io/v1", "two"),
  ];

  it("are told by kind, the most first, what is left out apart", () => {
    expect(groupChanges(changes, "", "en").map(({ kind, to, changes: of }) => [kind, to, of.length])).toEqual([
      ["Role", "rbac.authorization.k8s.io/v1", 2],
      ["PodSecurityPolicy", undefined, 1],
    ]);
  });

  it("are found by every word, also by their notes", () => {
    expect(groupChanges(changes, "role TWO", "en").flatMap((group) => group.changes.map((c) => c.object.name))).toEqual(
      ["two"],
    );
    expect(groupChanges(changes, "admission", "ko")).toEqual([]);
    expect(groupChanges(changes, "레이블", "ko").map(({ kind }) => kind)).toEqual(["PodSecurityPolicy"]);
    expect(groupChanges(changes, "admission", "en").map(({ kind }) => kind)).toEqual(["PodSecurityPolicy"]);
    expect(groupChanges(changes, "nowhere", "en")).toEqual([]);
  });
});

describe("an apiVersion that only changes its version", () => {
  it("is told by that", () => {
    expect(shortened("rbac.authorization.k8s.io/v1beta1", "rbac.authorization.k8s.io/v1")).toBe("v1");
    expect(shortened("extensions/v1beta1", "apps/v1")).toBe("apps/v1");
    expect(shortened("v1", "apps/v1")).toBe("apps/v1");
  });
});

describe("images that are gone", () => {
  it("have their copies in another registry by their last name", () => {
    expect(copyIn("registry.example.com/kf/ ", "gcr.io/ml-pipeline/frontend:0.2.0")).toBe(
      "registry.example.com/kf/frontend:0.2.0",
    );
  });

  it("are listed with those that were replaced before", () => {
    const gone = [{ image: "gcr.io/b:1", because: message("goneImage.arrikto"), instead: "quay.io/b:1" }];
    expect(imageRows(gone, { "gcr.io/a:1": "mine/a:1", "gcr.io/b:1": "mine/b:1" })).toEqual([
      { image: "gcr.io/a:1", because: undefined, instead: undefined },
      { image: "gcr.io/b:1", because: message("goneImage.arrikto"), instead: "quay.io/b:1" },
    ]);
  });
});

describe("settings of a KfDef", () => {
  const draft: Draft = {
    name: "handson-kubeflow",
    baseDir: "/home/user",
    release: "1.0",
    email: "me",
    userNamespace: "kube-x",
    auth: "dex",
    oidc: firstOidc,
    namespaceEdited: true,
    kfdef: { file: "standard", ownUri: "", modernise: false },
    images: { "gcr.io/a:1": "mine/a:1" },
    access: firstAccess,
    imagePrefix: "",
    pullSecret: "",
  };
  const ask: KfDefAsk = { configUri: "/tmp/kfdef.yaml", auth: "standard", text: undefined };
  const check = (kfdef: KfDefAsk & { unreadable: boolean }, signIn: boolean) =>
    validateDraft({ draft, password: "", signIn, folder: undefined, kfdef });

  it("ask for nobody where nobody signs in", () => {
    expect(check({ ...ask, unreadable: false }, false)).toEqual({});
    expect(check({ ...ask, auth: "dex", unreadable: false }, true)).toEqual({
      email: "email-invalid",
      password: "password-empty",
    });
  });

  it("need a file, and one that can be read", () => {
    expect(check({ ...ask, configUri: "", unreadable: false }, false)).toEqual({ configUri: "config-uri-empty" });
    expect(check({ ...ask, unreadable: true }, false)).toEqual({ configUri: "config-uri-unreadable" });
  });

  it("say which file, how it is taken, and the images to take", () => {
    expect(settingsOf(draft, "practice", "practice", [], ask)).toMatchObject({
      auth: "standard",
      ...anonymous,
      components: [],
      images: draft.images,
      kfdef: { configUri: "/tmp/kfdef.yaml", modernise: false },
    });
    expect(settingsOf(draft, "practice", "practice", [], ask)?.kfdef).not.toHaveProperty("text");
  });

  it("have the text when it was edited, and the person with Dex", () => {
    const dex = { ...ask, auth: "dex", text: "kind: KfDef\n" } as const;
    const settings = settingsOf({ ...draft, email: "user@example.com" }, "practice", "practice", [], dex);
    expect(settings).toMatchObject({ auth: "dex", email: "user@example.com", kfdef: { text: "kind: KfDef\n" } });
  });
});
