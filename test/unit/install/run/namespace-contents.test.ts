import { expect, test } from "vitest";
import { isClaimOfOwnSet, othersIn } from "../../../../electron/install/run/namespace-contents.ts";
import { object } from "../objects-support.ts";

let uid = 0;
const here = (kind: string, name: string, metadata: object = {}, more: object = {}, apiVersion = "v1") => {
  uid += 1;
  return object(apiVersion, kind, name, { metadata: { namespace: "auth", uid: String(uid), ...metadata }, ...more });
};
const by = (owner: { metadata: { uid?: string } }) => ({ ownerReferences: [{ uid: owner.metadata.uid }] });

test("what Kubernetes, owners and our controllers make is told from what others made", () => {
  const deployment = here("Deployment", "dex", {}, {}, "apps/v1");
  const set = here("ReplicaSet", "dex-1", by(deployment), {}, "apps/v1");
  const certificate = here("Certificate", "tls", {}, {}, "cert-manager.io/v1");
  const theirs = here("Deployment", "theirs", {}, {}, "apps/v1");
  const own = [deployment, certificate];
  const contents = [
    ...own,
    ...[set, here("Pod", "dex-1-a", by(set)), theirs, here("ReplicaSet", "theirs-1", by(theirs), {}, "apps/v1")],
    ...[here("ConfigMap", "kube-root-ca.crt"), here("ServiceAccount", "default"), here("Lease", "l")],
    here("Service", "s"),
    here("EndpointSlice", "s-1", { labels: { "kubernetes.io/service-name": "s" } }),
    here("EndpointSlice", "loose"),
    here("Secret", "tls", { annotations: { "cert-manager.io/certificate-name": "tls" } }),
    here("Secret", "copied", { annotations: { "cert-manager.io/certificate-name": "elsewhere" } }),
    here("AuthCode", "x", {}, {}, "dex.coreos.com/v1"),
    here("ConfigMap", "theirs"),
    here("ConfigMap", "elsewhere", { ownerReferences: [{ uid: "an operator of theirs" }] }),
  ];
  expect(othersIn({ contents, own }).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    "Deployment theirs",
    "Service s",
    "EndpointSlice loose",
    "Secret copied",
    "ConfigMap theirs",
    "ConfigMap elsewhere",
  ]);
});

test("what controllers made that an earlier removal took is not somebody else's", () => {
  const secret = here("Secret", "tls", { annotations: { "cert-manager.io/certificate-name": "tls" } });
  const gone = [{ apiVersion: "cert-manager.io/v1", kind: "Certificate", namespace: "auth", name: "tls" }];
  expect(othersIn({ contents: [secret], own: [], gone })).toEqual([]);
  expect(othersIn({ contents: [secret], own: [] })).toEqual([secret]);
});

test("claims that a StatefulSet's template made are the set's", () => {
  const set = here("StatefulSet", "db", {}, { spec: { volumeClaimTemplates: [{ metadata: { name: "data" } }] } });
  expect(isClaimOfOwnSet(here("PersistentVolumeClaim", "data-db-0"), [set])).toBe(true);
  expect(isClaimOfOwnSet(here("PersistentVolumeClaim", "data-db-old"), [set])).toBe(false);
});
