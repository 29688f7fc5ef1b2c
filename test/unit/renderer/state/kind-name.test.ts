import { beforeAll, describe, expect, it } from "vitest";
import { i18n, startI18n } from "../../../../renderer/i18n/index.ts";
import { introducedKind, introducedObject, kindName, singularKind } from "../../../../renderer/state/kind-name.ts";

const deployment = { kind: "Deployment", plural: "deployments", group: "apps" };
const claim = { kind: "PersistentVolumeClaim", plural: "persistentvolumeclaims", group: "" };
/** A kind of somebody else's, with a built-in one's name. */
const theirs = { kind: "Deployment", plural: "deployments", group: "example.com" };

describe("the name of a kind", () => {
  beforeAll(() => startI18n("en"));

  it("has its Korean name and the English one side by side where it is met first", () => {
    const t = i18n.getFixedT("ko");
    expect(introducedKind(t, "ko", deployment)).toBe("디플로이먼트(Deployment)");
    expect(introducedKind(t, "ko", claim)).toBe("PVC(PersistentVolumeClaim)");
    expect(introducedKind(t, "ko", theirs)).toBeUndefined();
    expect([deployment, theirs].map((kind) => singularKind(t, "ko", kind))).toEqual(["디플로이먼트", "Deployment"]);
  });

  it("is introduced in the name of an object, where it has a Korean one", () => {
    const t = i18n.getFixedT("ko");
    const shown = (object: string) => introducedObject(t, "ko", object);
    expect(shown("Deployment kubeflow/web")).toBe("디플로이먼트(Deployment) kubeflow/web");
    expect(shown("NetworkPolicy a/b")).toBe("네트워크폴리시(NetworkPolicy) a/b");
    expect(shown("Ingress a/b")).toBe("인그레스(Ingress) a/b");
    expect(shown("Namespace kubeflow")).toBe("네임스페이스(Namespace) kubeflow");
    for (const other of ["Certificate a/b", "Deployment", "the Service of a", "istio", ""])
      expect(shown(other)).toBe(other);
    expect(introducedObject(i18n.getFixedT("en"), "en", "Deployment a/b")).toBe("Deployment a/b");
  });

  it("is its kind in English, plural for a list", () => {
    const t = i18n.getFixedT("en");
    expect(introducedKind(t, "en", deployment)).toBeUndefined();
    expect(singularKind(t, "en", claim)).toBe("PersistentVolumeClaim");
    expect(kindName(t, deployment)).toBe("Deployments");
  });
});
