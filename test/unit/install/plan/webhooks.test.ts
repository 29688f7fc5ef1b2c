import { expect, test } from "vitest";
import { intercepts, type Reviewed, webhooksOf } from "../../../../electron/install/plan/webhooks.ts";
import { webhook } from "../objects-support.ts";

const pod: Reviewed = {
  group: "",
  version: "v1",
  resource: "pods",
  namespaced: true,
  labels: { app: "a" },
  namespaceLabels: { team: "x" },
};

function asks(more: object, reviewed: Partial<Reviewed> = {}, rule = { group: "", resource: "pods" }): boolean {
  const [one] = webhooksOf(webhook("ValidatingWebhookConfiguration", "w", { namespace: "n", name: "s" }, rule, more));
  return one !== undefined && intercepts(one, { ...pod, ...reviewed });
}

const exists = (key: string) => ({ matchExpressions: [{ key, operator: "Exists" }] });

test.each([
  ["its own resource", asks({}), true],
  ["another resource", asks({}, { resource: "services" }), false],
  ["another group", asks({}, { group: "apps" }), false],
  ["any resource", asks({}, {}, { group: "*", resource: "*" }), true],
  ["a subresource rule", asks({}, {}, { group: "", resource: "pods/exec" }), false],
  ["a namespace that is selected", asks({ namespaceSelector: { matchLabels: { team: "x" } } }), true],
  ["a namespace that is not", asks({ namespaceSelector: { matchLabels: { team: "y" } } }), false],
  [
    "a cluster-scoped object, whatever the namespace selector",
    asks({ namespaceSelector: exists("nope") }, { namespaced: false, namespaceLabels: undefined }),
    true,
  ],
  ["an object that is selected", asks({ objectSelector: exists("app") }), true],
  ["an object that is not", asks({ objectSelector: exists("nope") }), false],
  [
    "webhook configurations are never asked about",
    asks(
      {},
      { group: "admissionregistration.k8s.io", resource: "mutatingwebhookconfigurations" },
      { group: "*", resource: "*" },
    ),
    false,
  ],
  [
    "only deletions",
    asks({ rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["DELETE"], resources: ["pods"] }] }),
    false,
  ],
  [
    "only cluster-scoped objects",
    asks({
      rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["*"], resources: ["pods"], scope: "Cluster" }],
    }),
    false,
  ],
])("%s", (_name, asked, expected) => {
  expect(asked).toBe(expected);
});

test("an absent failurePolicy means Fail", () => {
  const fails = (more: object) =>
    webhooksOf(
      webhook(
        "ValidatingWebhookConfiguration",
        "w",
        { namespace: "n", name: "s" },
        { group: "", resource: "pods" },
        more,
      ),
    )[0]?.fails;
  expect([fails({}), fails({ failurePolicy: "Ignore" })]).toEqual([true, false]);
});
