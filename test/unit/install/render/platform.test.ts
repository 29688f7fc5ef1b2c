import { describe, expect, test } from "vitest";
import type { Platform } from "../../../../common/contract/index.ts";
import { FlowdeckError } from "../../../../common/contract/index.ts";
import { textOf, verbatim } from "../../../../common/words/index.ts";
import { readClusterPlatform } from "../../../../electron/install/plan/cluster-platform.ts";
import { Catalogue } from "../../../../electron/install/release/catalogue.ts";
import { Edit } from "../../../../electron/install/render/edit.ts";
import { protectWebhooks, releaseOn, setTokenIssuer } from "../../../../electron/install/render/platform.ts";
import type { ClusterPlatform } from "../../../../electron/install/types.ts";
import { assetsDir, failure, object } from "../support.ts";

const release = await new Catalogue(assetsDir).get("26.03");
const eksIssuer = "https://oidc.eks.ap-northeast-2.amazonaws.com/id/0123456789ABCDEF";

describe("a release on a platform", () => {
  const changed = (platform: ClusterPlatform) => {
    const on = releaseOn(release, platform);
    const paths = on.release.components.flatMap((component, index) =>
      component.paths.filter((path) => !release.components[index]?.paths.includes(path)),
    );
    return { paths, said: on.changes.map(({ said }) => textOf(said, "en")) };
  };

  test.each(["existing", "practice"] as const)("is the same on %s", (id) => {
    expect(changed({ id, issuer: eksIssuer })).toEqual({ paths: [], said: [] });
  });

  test("takes GKE's overlay of Istio, and says why", () => {
    const { paths, said } = changed({ id: "gke" });
    expect(paths).toEqual(["common/istio/istio-install/overlays/gke"]);
    expect(said[0]).toBe(
      "Istio is built from `common/istio/istio-install/overlays/gke`. The nodes of GKE mount `/opt/cni/bin` read-only, so Istio's CNI plugin is written to `/home/kubernetes/bin`.",
    );
  });

  test("accepts tokens of service accounts on EKS, and does without where the issuer is unknown", () => {
    const { paths, said } = changed({ id: "eks", issuer: eksIssuer });
    expect(paths).toEqual(["common/oauth2-proxy/overlays/m2m-dex-and-eks"]);
    expect(said.join()).toContain(`The issuer is ${eksIssuer}.`);
    const without = changed({ id: "eks" });
    expect(without.paths).toEqual([]);
    expect(without.said.join()).toMatch(/names no issuer whose keys can be read publicly/);
  });

  test.each(["kind", "k3d", "minikube"] as const)("has the proxy for keys on %s", (id) => {
    expect(changed({ id, issuer: "https://kubernetes.default.svc.cluster.local" }).paths).toEqual([
      "common/oauth2-proxy/overlays/m2m-dex-and-kind",
    ]);
  });
});

describe("the issuer of tokens", () => {
  const policy = (...issuers: string[]) => ({
    ...object("RequestAuthentication", "m2m-token-issuer", {}, "istio-system"),
    spec: { jwtRules: issuers.map((issuer) => ({ issuer, forwardOriginalToken: true })) },
  });
  const parameters = object(
    "ConfigMap",
    "oauth2-proxy-parameters-x",
    { data: { FORCE_HTTPS: "true" } },
    "oauth2-proxy",
  );
  const edited = (issuer: string | undefined, ...objects: ReturnType<typeof object>[]) => {
    const edit = new Edit(release, [{ id: "oauth2-proxy", objects }]);
    setTokenIssuer(edit, { id: "eks", ...(issuer === undefined ? {} : { issuer }) });
    return edit.components[0]?.objects ?? [];
  };

  test("is the cluster's, in place of the release's placeholder; everything else stays", () => {
    const before = policy("https://oidc.eks.AWS_REGION.amazonaws.com/id/CLUSTER_ID");
    const [after, config] = edited(eksIssuer, before, parameters);
    expect(after).toMatchObject({ spec: { jwtRules: [{ issuer: eksIssuer, forwardOriginalToken: true }] } });
    // the gateway speaks plain HTTP until a setting changes that
    expect(config).toMatchObject({ data: { FORCE_HTTPS: "false" } });
    expect(before.spec.jwtRules[0]?.issuer).toContain("AWS_REGION");
  });

  test("stays where it is among the release's, where it is unknown, and where there is no place for it", () => {
    const two = policy("https://kubernetes.default.svc.cluster.local", "https://kubernetes.default.svc");
    expect(edited("https://kubernetes.default.svc", two)).toEqual([two]);
    expect(edited(undefined, two)).toEqual([two]);
    expect(edited(eksIssuer, parameters)).toEqual([parameters]);
  });

  test("has to have a rule to be in", () => failure("build-failed", () => edited(eksIssuer, policy())));
});

describe("webhooks", () => {
  const webhook = {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: { name: "w", annotations: { a: "b" } },
  };
  const components = [{ id: "c", objects: [webhook, object("ConfigMap", "m")] }];

  test("are left alone by AKS", () => {
    const { components: changed, changes } = protectWebhooks(components, { id: "aks" });
    expect(changed[0]?.objects[0]?.metadata.annotations).toEqual({ a: "b", "admissions.enforcer/disabled": "true" });
    expect(changed[0]?.objects[1]).toBe(components[0]?.objects[1]);
    expect(changes.map((said) => textOf(said, "en"))).toEqual([
      "1 webhook configuration gets the annotation `admissions.enforcer/disabled`, because AKS would otherwise change its namespace selectors.",
    ]);
  });

  test("stay as they are elsewhere", () => {
    expect(protectWebhooks(components, { id: "eks" })).toEqual({ components, changes: [] });
    expect(protectWebhooks([{ id: "c", objects: [] }], { id: "aks" }).changes).toEqual([]);
  });
});

describe("where a cluster runs", () => {
  type Client = Parameters<typeof readClusterPlatform>[0];
  const forbidden = () => Promise.reject(new FlowdeckError("forbidden", verbatim("no")));
  const client = (answers: { version?: string; nodes?: () => Promise<unknown[]>; issuer?: () => Promise<string> }) =>
    ({
      version: async () => answers.version ?? "v1.34.0",
      list: answers.nodes ?? (async () => []),
      raw: answers.issuer ?? forbidden,
    }) as unknown as Client;
  const read = (from: Client, chosen: Platform) => readClusterPlatform(from, chosen, new AbortController().signal);

  test("is what was chosen, or what the cluster says", async () => {
    const issuer = async () => JSON.stringify({ issuer: eksIssuer });
    expect(await read(client({ issuer }), "practice")).toEqual({ id: "practice" });
    expect(await read(client({ issuer }), "kind")).toEqual({ id: "kind", issuer: eksIssuer });
    expect(await read(client({ version: "v1.34.1-eks-1", issuer }), "existing")).toEqual({
      id: "eks",
      issuer: eksIssuer,
    });
    expect(await read(client({}), "existing")).toEqual({ id: "existing" });
  });

  test("is found as far as this user may look, and an answer that is none names no issuer", async () => {
    const issuer = async () => "<html>";
    expect(await read(client({ version: "v1.34.1-gke.1", nodes: forbidden, issuer }), "existing")).toEqual({
      id: "gke",
    });
    const broken = client({ nodes: () => Promise.reject(new FlowdeckError("cluster-unreachable", verbatim("no"))) });
    await expect(read(broken, "existing")).rejects.toMatchObject({ code: "cluster-unreachable" });
  });
});
