import { describe, expect, it } from "vitest";
import { generateSecrets } from "../../../../electron/install/installation-dir/secrets.ts";
import { keyOfObject } from "../../../../electron/install/objects.ts";
import { type LeftClaimsInput, refuseLeftClaims } from "../../../../electron/install/plan/left-claims.ts";
import { installationLabel } from "../../../../electron/install/plan/plan-types.ts";
import { emptyCluster, object } from "../objects-support.ts";
import { below, failure } from "../support.ts";
import { planOf } from "./plan-support.ts";

const namespace = object("v1", "Namespace", "kubeflow");
const claim = (name: string, labels: Record<string, string> = {}) =>
  object("v1", "PersistentVolumeClaim", name, { metadata: { namespace: "kubeflow", labels } });

/** The plan of Pipelines and Katib for a cluster that has these objects. */
function look(live: readonly ReturnType<typeof claim>[], more: Partial<LeftClaimsInput> = {}): void {
  const facts = emptyCluster({
    namespaces: new Map([["kubeflow", {}]]),
    existing: new Map(live.map((one) => [keyOfObject(one), one])),
  });
  const plan = planOf(
    {
      pipelines: [namespace, claim("mysql-pv-claim"), claim("seaweedfs-pvc")],
      katib: [claim("katib-mysql")],
      other: [claim("data")],
    },
    { facts, adopt: true },
  );
  refuseLeftClaims({ plan, settings: {}, secrets: generateSecrets(), haveSecrets: true, ...more });
}

describe("volumes that are left from before", () => {
  it("are no matter where there are none, or where they are the installation's own", () => {
    look([]);
    look([claim("mysql-pv-claim", { [installationLabel]: "test" })]);
  });

  it("stop the plan where a database would have another password, with the ways on", async () => {
    const error = await failure("conflict", () => look([claim("mysql-pv-claim"), claim("katib-mysql")]));
    expect(error.message).toContain("PersistentVolumeClaim mysql-pv-claim, PersistentVolumeClaim katib-mysql");
    expect(below(error)).toContain(
      "`kubectl delete pvc -n kubeflow mysql-pv-claim; kubectl delete pvc -n kubeflow katib-mysql`",
    );
    expect(error.fix?.id).toBe("published-passwords");
  });

  it("stop it where they are another installation's, or this one's secrets are not here", async () => {
    await failure("conflict", () => look([claim("katib-mysql", { [installationLabel]: "other" })]));
    const own = [claim("katib-mysql", { [installationLabel]: "test" })];
    await failure("conflict", () => look(own, { haveSecrets: false }));
  });

  it("are no matter of the object store, which sets its password whenever it starts, nor of other claims", () => {
    look([claim("seaweedfs-pvc"), claim("data")]);
  });

  it("are no matter where the published passwords stay", () => {
    look([claim("mysql-pv-claim")], { settings: { storagePasswords: "published" } });
    const { storageKey: _none, ...before } = generateSecrets();
    look([claim("mysql-pv-claim")], { secrets: before, haveSecrets: false });
  });
});
