import { expect, test } from "vitest";
import { kfDefTitle } from "../../../../electron/install/drivers/kfdef-settings.ts";

const title = "Kubeflow 1.0 – KfDef";

test.each([
  ["v1.2.0", "Kubeflow 1.2 – KfDef"],
  ["1.1.0", "Kubeflow 1.1 – KfDef"],
  ["v1.10.1", "Kubeflow 1.10 – KfDef"],
  ["v0.7-branch", "Kubeflow 0.7 – KfDef"],
  ["v1.0.2", title],
])("a KfDef of version %s is called %s", (version, called) => {
  expect(kfDefTitle(title, version)).toBe(called);
});

test.each(["", "master", "v1", "stable-1.2"])("version %j tells no number: the release's title stays", (version) => {
  expect(kfDefTitle(title, version)).toBe(title);
});
