import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { message } from "../../../../common/words/index.ts";
import { inspectKfDef, parseKfDef } from "../../../../electron/kfdef/parse/index.ts";
import { below, describeWithMirror, failure } from "../../install/support.ts";
import { kfdefText } from "../support.ts";

const text = kfdefText([{ name: "istio", path: "istio/istio" }], "https://example.org/manifests.tar.gz");

describeWithMirror("the project's own KfDef files", (mirror) => {
  it("are read without an error, each application at its line", async () => {
    const applications: Record<string, number> = {};
    for (const name of await readdir(join(mirror, "kfdef"))) {
      const content = await readFile(join(mirror, "kfdef", name), "utf8");
      const { kfdef, places } = parseKfDef(content, name);
      applications[name] = kfdef.spec.applications.length;
      const lines = content.split("\n");
      expect(places.map(({ line }) => lines[line - 1]?.slice(0, 4))).toEqual(places.map(() => "  - "));
    }
    expect(applications).toEqual({
      "kfctl_aws.v1.0.0.yaml": 42,
      "kfctl_aws_cognito.v1.0.0.yaml": 43,
      "kfctl_gcp_basic_auth.v1.0.0.yaml": 48,
      "kfctl_gcp_iap.v1.0.0.yaml": 46,
      "kfctl_istio_dex.v1.0.0.yaml": 42,
      "kfctl_k8s_istio.v1.0.0.yaml": 43,
    });
  });
});

it("reads what a KfDef says", () => {
  const { kfdef, issues } = parseKfDef(
    `${text}status:\n  reposCache:\n  - localPath: '".cache/manifests/manifests-1"'\n    name: manifests\n`,
    "a",
  );
  expect(issues).toEqual([]);
  expect(kfdef).toEqual({
    apiVersion: "kfdef.apps.kubeflow.org/v1",
    metadata: { namespace: "kubeflow", labels: {}, annotations: {} },
    spec: {
      version: "v1.0.0",
      applications: [
        { name: "istio", repoRef: { name: "manifests", path: "istio/istio" }, overlays: [], parameters: [] },
      ],
      plugins: [],
      secrets: [],
      repos: [{ name: "manifests", uri: "https://example.org/manifests.tar.gz" }],
    },
    reposCache: [{ name: "manifests", localPath: ".cache/manifests/manifests-1" }],
  });
});

it("takes v1beta1, and follows anchors and merged fields", () => {
  const { kfdef } = parseKfDef(
    text
      .replace("/v1\n", "/v1beta1\n")
      .replace("      repoRef:\n        name: manifests", "      repoRef: &ref\n        name: manifests")
      .replace(
        "    name: istio\n",
        "    name: istio\n  - name: other\n    kustomizeConfig:\n      repoRef:\n        <<: *ref\n        path: other\n",
      ),
    "a",
  );
  expect(kfdef.apiVersion).toBe("kfdef.apps.kubeflow.org/v1beta1");
  expect(kfdef.spec.applications[1]?.repoRef).toEqual({ name: "manifests", path: "other" });
});

it("warns of fields that nobody reads, and of values that are read otherwise than they look", () => {
  const odd = text
    .replace("    name: istio\n", "    name: istio\n    nmae: x\n")
    .replace(
      "      repoRef:",
      "      parameters:\n      - name: rbac\n        value: OFF\n      - name: port\n        value: 31380\n      repoRef:",
    )
    .replace("metadata:\n", "metadata:\n  colour: red\n");
  const { kfdef, issues } = parseKfDef(odd, "a");
  expect(kfdef.spec.applications[0]?.parameters).toEqual([
    { name: "rbac", value: "false" },
    { name: "port", value: "31380" },
  ]);
  expect(issues).toEqual([
    {
      level: "warning",
      said: message("kfdef.fieldUnknown"),
      path: "metadata.colour",
      place: { line: 4, column: 3 },
    },
    {
      level: "warning",
      said: message("kfdef.fieldUnknown"),
      path: "spec.applications[0].nmae",
      place: { line: 18, column: 5 },
    },
    {
      level: "warning",
      said: message("kfdef.readAs", { written: "OFF", taken: "false" }),
      path: "spec.applications[0].kustomizeConfig.parameters[0].value",
      place: { line: 11, column: 16 },
    },
  ]);
});

it("lists every error at once, and still gives what can be edited", async () => {
  const broken = text
    .replace("path: istio/istio", "path: ../../etc")
    .replace("    name: istio\n", "    name: a/b\n")
    .replace("        name: manifests", "        name: elsewhere");
  const { kfdef, issues } = inspectKfDef(broken, "a.yaml");
  expect(kfdef.spec.applications).toHaveLength(1);
  expect(issues.filter(({ level }) => level === "error")).toHaveLength(3);
  const error = await failure("kfdef-invalid", () => parseKfDef(broken, "a.yaml"));
  expect(error.message).toBe(
    'a.yaml, line 11, column 11: spec.applications[0].name: "a/b" can\'t be used as the name of a folder: it points to another folder. (and 2 more)',
  );
  expect(below(error).split("\n")).toEqual([
    `11:11: spec.applications[0].name: "a/b" can't be used as the name of a folder: it points to another folder.`,
    `9:15: spec.applications[0].kustomizeConfig.repoRef.name: There is no repo "elsewhere" under spec.repos (available: manifests).`,
    `10:15: spec.applications[0].kustomizeConfig.repoRef.path: "../../etc" is rejected: it points outside the folder (..).`,
  ]);
});

it("refuses other versions of KfDef with what to do", async () => {
  const alpha = await failure("kfdef-unsupported", () => parseKfDef(text.replace("/v1\n", "/v1alpha1\n"), "a.yaml"));
  expect(alpha.message).toContain("v1alpha1");
  expect(below(alpha)).toContain("kfctl_k8s_istio.v1.0.0.yaml");
  const next = await failure("kfdef-unsupported", () => parseKfDef(text.replace("/v1\n", "/v2\n"), "a.yaml"));
  expect(below(next)).toContain("v1beta1");
});

it("takes what is not a number for Go as the text that it is", () => {
  const odd = text
    .replace("path: istio/istio", "path: .")
    .replace("    name: istio\n", "    name: 12.30.x\n")
    .replace("version: v1.0.0", "version: 2020-01-31")
    .replace("      repoRef:", "      parameters:\n      - name: at\n        value: 12:30\n      repoRef:");
  const { kfdef, issues } = parseKfDef(odd, "a");
  expect(issues).toEqual([]);
  expect(kfdef.spec.version).toBe("2020-01-31");
  expect(kfdef.spec.applications[0]).toEqual({
    name: "12.30.x",
    repoRef: { name: "manifests", path: "." },
    overlays: [],
    parameters: [{ name: "at", value: "12:30" }],
  });
});

it("never repeats the value of a secret", async () => {
  const secret = (source: string) =>
    text.replace("  repos:", `  secrets:\n  - name: a\n    secretSource:\n      literalSource: ${source}\n  repos:`);
  for (const source of ["hunter2", "[hunter2]", "{value: [hunter2]}"])
    expect(JSON.stringify(await failure("kfdef-invalid", () => parseKfDef(secret(source), "a")))).not.toContain(
      "hunter2",
    );
  expect(JSON.stringify(parseKfDef(secret("{value: 012345}"), "a").issues)).not.toMatch(/12345|5349/);
});
