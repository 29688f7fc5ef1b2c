import { describe, expect, it } from "vitest";
import type { KubeObject } from "../../../../electron/cluster/index.ts";
import { keptInOverlay, originalOf, overlayOf, renderedWith } from "../../../../electron/install/drift/keep.ts";
import { keyOfObject } from "../../../../electron/install/objects.ts";
import { withFields } from "../../../../electron/install/overlay/apply-overlay.ts";
import { overlaid } from "../../../../electron/install/overlay/overlaid.ts";

const container = { name: "app", image: "a:1", ports: [{ containerPort: 80 }], args: ["--one"] };
const deployment = (spec: object = {}): KubeObject => ({
  ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web", namespace: "ui" } },
  spec: { replicas: 1, template: { spec: { containers: [container] } }, ...spec },
});
const object = { apiVersion: "apps/v1", kind: "Deployment", namespace: "ui", name: "web" };
const about = { object, component: "dashboard" };
const app = "spec.template.spec.containers[name=app]";

describe("what is kept", () => {
  const differing = [
    { path: `${app}.image`, applied: "a:1", live: "a:2" },
    { path: `${app}.resources.limits.memory`, applied: undefined, live: "512Mi" },
    { path: "metadata.annotations[example.com/team]", applied: undefined, live: "red" },
    { path: `${app}.ports[containerPort=90,protocol=TCP]`, applied: undefined, live: { containerPort: 90 } },
    { path: "spec.replicas", applied: 1, live: undefined },
  ];

  it("is written into what is rendered, and taken back to what the release has", () => {
    const entry = overlayOf(about, deployment(), differing, undefined);
    const kept = renderedWith(deployment(), entry);
    expect(kept?.metadata.annotations).toEqual({ "example.com/team": "red" });
    expect(kept?.spec).toEqual({
      template: {
        spec: {
          containers: [
            {
              ...{ ...container, image: "a:2", resources: { limits: { memory: "512Mi" } } },
              ports: [{ containerPort: 80 }, { containerPort: 90 }],
            },
          ],
        },
      },
    });
    const original = kept && originalOf(kept, entry);
    expect(original?.spec).toMatchObject({ replicas: 1, template: { spec: { containers: [{ image: "a:1" }] } } });
    expect(JSON.stringify(original)).not.toMatch(/512Mi|red|90/);
  });

  it("grows by what is kept later, and still knows the release's own values", () => {
    const first = overlayOf(about, deployment(), differing.slice(0, 1), undefined);
    const rendered = renderedWith(deployment(), first) ?? deployment();
    const second = overlayOf(about, rendered, [{ path: `${app}.image`, applied: "a:2", live: "a:3" }], first);
    expect(second.fields).toEqual([{ path: `${app}.image`, value: "a:3", was: "a:1" }]);
  });

  it("is refused where what was installed has no place for it", () => {
    const entry = overlayOf(about, deployment(), [{ path: "spec.replicas.x", applied: 1, live: 2 }], undefined);
    expect(() => renderedWith(deployment(), entry)).toThrow("has no place for spec.replicas.x");
  });

  it("goes into the objects of every plan, and says where it no longer fits", () => {
    const entry = overlayOf(about, deployment(), differing.slice(0, 1), undefined);
    const overlay = new Map([[keyOfObject(deployment()), entry]]);
    const again = overlaid([{ id: "dashboard", objects: [deployment()] }], overlay);
    expect(JSON.stringify(again.components)).toContain("a:2");
    expect(again.adjustments.map(({ said }) => said.id)).toEqual(["overlay.applied"]);
    const other = deployment({ template: { spec: { containers: [{ name: "other", image: "b:1" }] } } });
    const unfit = overlaid([{ id: "dashboard", objects: [other] }], overlay);
    expect(unfit.adjustments.map(({ said }) => said.id)).toEqual(["overlay.applied", "overlay.unfit"]);
    expect(unfit.components[0]?.objects).toEqual([other]);
  });

  it("may be that an object is not there", () => {
    const entry = overlayOf(about, deployment(), "deleted", undefined);
    const overlay = new Map([[keyOfObject(deployment()), entry]]);
    expect(overlaid([{ id: "dashboard", objects: [deployment()] }], overlay).components[0]?.objects).toEqual([]);
    expect(originalOf(deployment(), entry)).toEqual(deployment());
    expect(keptInOverlay(overlay, new Set())).toMatchObject([{ what: "deleted", kept: true, fields: [] }]);
    expect(keptInOverlay(overlay, new Set([keyOfObject(deployment())]))).toEqual([]);
  });

  it("removes items of lists only where they are", () => {
    const gone = [{ path: `${app}.ports[containerPort=80,protocol=TCP]` }, { path: `${app}.env[name=NONE]` }];
    const { object: after, unfit } = withFields(deployment(), gone);
    expect(JSON.stringify(after)).toContain('"ports":[]');
    expect(unfit).toEqual([]);
  });
});
