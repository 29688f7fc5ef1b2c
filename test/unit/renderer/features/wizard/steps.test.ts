import { describe, expect, it } from "vitest";
import type { ComponentInfo, ReleaseInfo } from "../../../../../common/contract/index.ts";
import { chosenIds, grouped, toggle, withNeeds } from "../../../../../renderer/features/wizard/components/selection.ts";
import { registryOf } from "../../../../../renderer/features/wizard/plan/Images.tsx";
import { stepStates, type WizardFacts } from "../../../../../renderer/features/wizard/steps.ts";

const nothing: WizardFacts = {
  connected: false,
  settingsValid: false,
  componentCount: 0,
  planReady: false,
  furthest: 0,
  install: undefined,
};

describe("steps", () => {
  it("keep the plan locked until what it needs is there, and say what", () => {
    const locked = (facts: Partial<WizardFacts>) => stepStates({ ...nothing, ...facts }).plan.locked;
    expect(locked({})).toBe("cluster");
    expect(locked({ connected: true })).toBe("settings");
    expect(locked({ connected: true, settingsValid: true })).toBe("components");
    expect(locked({ connected: true, settingsValid: true, componentCount: 3 })).toBeUndefined();
  });

  it("are not done before they were looked at", () => {
    const facts = { ...nothing, connected: true, settingsValid: true, componentCount: 3 };
    expect(stepStates(facts).settings.done).toBe(false);
    expect(stepStates({ ...facts, furthest: 2 }).settings.done).toBe(true);
    expect(stepStates({ ...facts, furthest: 2 }).components.done).toBe(false);
  });

  it("open the installation once it began and the end once it is over", () => {
    expect(stepStates(nothing).install.locked).toBe("install");
    expect(stepStates({ ...nothing, install: "planned" }).install.locked).toBe("install");
    const running = stepStates({ ...nothing, install: "running" });
    expect(running.install).toEqual({ done: false, locked: undefined });
    expect(running.done.locked).toBe("done");
    const installed = stepStates({ ...nothing, install: "installed" });
    expect(installed.install.done).toBe(true);
    expect(installed.done.locked).toBeUndefined();
  });
});

const component = (id: string, needs: string[] = [], required = false): ComponentInfo => ({
  id,
  title: { en: id.toUpperCase(), ko: `부분 ${id}` },
  description: { en: `about ${id}`, ko: `${id} 설명` },
  group: required ? "foundation" : "core",
  required,
  needs: needs.map((need) => ({ id: need, because: { en: "b", ko: "b" } })),
});
const components = [
  component("certs", [], true),
  component("mesh", ["certs"]),
  component("serving", ["mesh"]),
  component("katib"),
];
const release: ReleaseInfo = {
  id: "r",
  title: { en: "R", ko: "릴리스" },
  description: { en: "", ko: "" },
  configUri: "u",
  kubernetesMin: "1.25",
  capabilities: { components: "chosen", signIn: "none" },
  recommended: { cpu: 1, memoryGiB: 1, diskGiB: 1 },
  source: "bundled",
  components,
};

describe("components", () => {
  it("are all chosen at first; required ones always", () => {
    expect(chosenIds(release, undefined)).toEqual(["certs", "mesh", "serving", "katib"]);
    expect(chosenIds(release, [])).toEqual(["certs"]);
    expect(chosenIds(undefined, [])).toEqual([]);
  });

  it("bring what they need, with who needs it, through any depth", () => {
    expect([...withNeeds(components, ["serving"])]).toEqual([
      ["serving", []],
      ["mesh", ["serving"]],
      ["certs", ["mesh"]],
    ]);
  });

  it("are switched one by one", () => {
    expect(toggle(["a", "b"], "a", false)).toEqual(["b"]);
    expect(toggle(["a"], "b", true)).toEqual(["a", "b"]);
    expect(toggle(["a"], "a", true)).toEqual(["a"]);
  });

  it("are found by any word of theirs, in groups", () => {
    expect(grouped(components, "", "en").map((g) => [g.group, g.components.length])).toEqual([
      ["foundation", 1],
      ["core", 3],
    ]);
    expect(grouped(components, "KATIB about", "en").flatMap((g) => g.components.map((c) => c.id))).toEqual(["katib"]);
    expect(grouped(components, "설명 mesh", "ko").flatMap((g) => g.components.map((c) => c.id))).toEqual(["mesh"]);
  });
});

describe("registries", () => {
  it("are read from image names as container tools read them", () => {
    expect(registryOf("mysql:8.4")).toBe("docker.io");
    expect(registryOf("istio/pilot:1.2")).toBe("docker.io");
    expect(registryOf("ghcr.io/kubeflow/x@sha256:0")).toBe("ghcr.io");
    expect(registryOf("localhost:5000/x")).toBe("localhost:5000");
  });
});
