import { describe, expect, it } from "vitest";
import { FlowdeckError } from "../../../common/contract/index.ts";
import { inspectKfDef } from "../../../electron/kfdef/parse/index.ts";
import { expectKorean } from "../common/words/korean.ts";

const head = "apiVersion: kfdef.apps.kubeflow.org/v1\nkind: KfDef\n";

/** Errors and warnings that the file has, or that reading it ends with. */
function said(text: string) {
  try {
    return inspectKfDef(text, "kfdef.yaml").issues.map((issue) => issue.said);
  } catch (error) {
    if (!(error instanceof FlowdeckError)) throw error;
    return [error.said, ...error.advice];
  }
}

const files: Record<string, string> = {
  "a page of a web site": "<!doctype html>",
  nothing: "",
  "a tab": "a:\n\tb: 1",
  "two documents": `${head}---\n${head}`,
  "no YAML": "a: [1",
  "another kind": "apiVersion: v1\nkind: Pod",
  "no apiVersion": "kind: KfDef",
  "an old version": "apiVersion: kfdef.apps.kubeflow.org/v1alpha1\nkind: KfDef",
  "an unknown version": "apiVersion: kfdef.apps.kubeflow.org/v9\nkind: KfDef",
  "an anchor in itself": `${head}spec: &a\n  x: *a`,
  "no such anchor": `${head}spec: *a`,
  "a field twice": `${head}kind: KfDef`,
  "no spec": head,
  "wrong values": `${head}metadata: {name: UPPER, namespace: "a b", labels: 1}\nspec:\n  applications:\n  - name: ../x\n  - kustomizeConfig: 1\n    name: con\n  - name: a\n    kustomizeConfig:\n      overlays: ["", /x, ..]\n      parameters: [{name: "a=b", value: "c\\nd"}, {name: x, value: OFF}, {name: x, value: 1.10}]\n      repoRef: {name: nowhere, path: /x}\n  - name: A\n    kustomizeConfig: {repoRef: {name: r, path: x}}\n  repos:\n  - {name: r, uri: "git::x"}\n  - {name: r, uri: "https://me:you@x.org/a"}\n  - {name: s, uri: "http:///"}\n  secrets:\n  - name: one\n  - name: two\n    secretSource: {literalSource: {value: 1}, envSource: {name: x}}\n  - name: three\n    secretSource: {}\n  - name: three\n    secretSource: {envSource: {name: "a b"}}\n  plugins:\n  - kind: KfUnknown\n  - kind: KfAwsPlugin\n    spec: {region: nowhere, roles: 1, managedCluster: 1, other: 1, auth: {basicAuth: {password: {name: p}}, cognito: {certArn: x}}}\n  - kind: KfGcpPlugin\n    spec: {project: X, email: x, zone: x, hostname: ${"x".repeat(64)}, ipName: your-ip}\n  unknown: 1`,
};

describe("what is wrong with a KfDef", () => {
  it.each(Object.entries(files))("is said in Korean: %s", (_name, text) => {
    const found = said(text);
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) expectKorean(one, ["why"]);
  });
});
