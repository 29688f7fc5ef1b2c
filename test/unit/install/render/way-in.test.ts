import { describe, expect, it } from "vitest";
import { type AccessSettings, accessSettings } from "../../../../common/contract/index.ts";
import { at, list } from "../../../../common/json/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import type { KubeObject } from "../../../../electron/cluster/index.ts";
import { Catalogue } from "../../../../electron/install/release/catalogue.ts";
import { Edit } from "../../../../electron/install/render/edit.ts";
import { wayIn } from "../../../../electron/install/render/way-in.ts";
import { deployment, object } from "../objects-support.ts";
import { assetsDir, failure } from "../support.ts";

const release = await new Catalogue(assetsDir).get("26.03");
const host = "kubeflow.example.com";
const access = (given: object): AccessSettings => accessSettings.parse(given);
const env = (name: string, value: object) => ({ containers: [{ name: "main", env: [{ name, ...value }] }] });

/** The places of 26.03 that the way in goes to. */
const rendered = (): { id: string; objects: KubeObject[] }[] => [
  {
    id: "istio",
    objects: [
      object("v1", "Service", "istio-ingressgateway", {
        metadata: { namespace: "istio-system" },
        spec: {
          type: "ClusterIP",
          selector: { app: "istio-ingressgateway" },
          ports: [
            { name: "status-port", port: 15021, targetPort: 15021 },
            { name: "http2", port: 80, targetPort: 8080 },
            { name: "https", port: 443, targetPort: 8443 },
          ],
        },
      }),
      object("networking.k8s.io/v1", "NetworkPolicy", "default-allow-same-namespace-istio-system", {
        metadata: { namespace: "istio-system" },
        spec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }], policyTypes: ["Ingress"] },
      }),
    ],
  },
  {
    id: "oauth2-proxy",
    objects: [
      object("security.istio.io/v1beta1", "AuthorizationPolicy", "istio-ingressgateway-require-jwt", {
        metadata: { namespace: "istio-system" },
        spec: { action: "DENY", rules: [{ to: [{ operation: { notPaths: ["/dex/*", "/oauth2/*"] } }] }] },
      }),
      object("v1", "ConfigMap", "oauth2-proxy-parameters", {
        metadata: { namespace: "oauth2-proxy" },
        data: { FORCE_HTTPS: "false", ENABLE_M2M_TOKENS: "true" },
      }),
      deployment(
        "oauth2-proxy",
        "oauth2-proxy",
        { app: "oauth2-proxy" },
        env("OAUTH2_PROXY_COOKIE_SECURE", {
          valueFrom: { configMapKeyRef: { name: "oauth2-proxy-parameters", key: "FORCE_HTTPS" } },
        }),
      ),
    ],
  },
  {
    id: "kubeflow-core",
    objects: [
      object("networking.istio.io/v1alpha3", "Gateway", "kubeflow-gateway", {
        metadata: { namespace: "kubeflow" },
        spec: {
          selector: { istio: "ingressgateway" },
          servers: [{ hosts: ["*"], port: { number: 80, name: "http", protocol: "HTTP" } }],
        },
      }),
    ],
  },
  {
    id: "notebooks",
    objects: [
      deployment("kubeflow", "jupyter-web-app", { app: "jupyter" }, env("APP_SECURE_COOKIES", { value: "true" })),
    ],
  },
];

const certified = { tlsCertificate: "CERTIFICATE", tlsKey: "KEY" };

function edited(
  given: AccessSettings | undefined,
  before = rendered(),
  secrets: Partial<typeof certified> = certified,
) {
  const edit = new Edit(release, before);
  wayIn(edit, { access: given, dashboard: release.dashboard, secrets });
  const find = (kind: string, name: string) => {
    const [found] = edit.where((one) => one.kind === kind && one.metadata.name === name);
    return found?.object;
  };
  return { edit, find, notes: edit.adjustments.map(({ object: { kind }, said }) => `${kind}: ${textOf(said, "en")}`) };
}

const portsOf = (service: KubeObject | undefined) =>
  list(at(service, "spec", "ports")).map((port) => at(port, "nodePort"));
const cookieOf = (workload: KubeObject | undefined) =>
  at(list(at(list(at(workload, "spec", "template", "spec", "containers"))[0], "env"))[0], "value");

describe("the way in, put into a release's objects", () => {
  it("is inside the cluster by default, with cookies that a port forward's plain HTTP can keep", () => {
    const { find, notes } = edited(undefined);
    expect(at(find("Service", "istio-ingressgateway"), "spec", "type")).toBe("ClusterIP");
    expect(cookieOf(find("Deployment", "jupyter-web-app"))).toBe("false");
    expect(notes).toEqual([
      "Deployment: Sets its cookies for plain HTTP, too, as all web apps together, so that no CSRF error can occur",
    ]);
  });

  it("opens the chosen port of the nodes, and the release's own policies for it", () => {
    const { find, notes } = edited(access({ way: "nodePort", nodePort: 31380 }));
    expect(at(find("Service", "istio-ingressgateway"), "spec", "type")).toBe("NodePort");
    expect(portsOf(find("Service", "istio-ingressgateway"))).toEqual([undefined, 31380, undefined]);
    expect(find("NetworkPolicy", "kubeflow-way-in")).toMatchObject({
      metadata: { namespace: "istio-system" },
      spec: {
        podSelector: { matchLabels: { app: "istio-ingressgateway" } },
        ingress: [
          {
            ports: [
              { protocol: "TCP", port: 8080 },
              { protocol: "TCP", port: 8443 },
            ],
          },
        ],
      },
    });
    expect(notes).toContain("Service: Opens port 31380 on every node");
    const tls = edited(access({ way: "nodePort", nodePort: 31390, host, tls: { kind: "given" } }));
    expect(portsOf(tls.find("Service", "istio-ingressgateway"))).toEqual([undefined, undefined, 31390]);
    // A redirect would keep the port, which serves no TLS.
    expect(JSON.stringify(tls.find("Gateway", "kubeflow-gateway"))).not.toContain("httpsRedirect");
    expect(tls.notes.join()).toMatch(
      /Opens port 31390 on every node for HTTPS only\. Plain HTTP can't be redirected there/,
    );
    const routed = edited(access({ way: "ingress", host, tls: { kind: "given" } })).find("Ingress", "kubeflow-way-in");
    expect(routed?.metadata.annotations).toMatchObject({ "nginx.ingress.kubernetes.io/ssl-redirect": "true" });
  });

  it("serves a given certificate, redirects to it, and sets all cookies for https together", () => {
    const { find } = edited(access({ way: "loadBalancer", host, tls: { kind: "given" } }));
    expect(find("Secret", "kubeflow-gateway-tls")).toMatchObject({
      type: "kubernetes.io/tls",
      metadata: { namespace: "istio-system" },
      data: { "tls.key": Buffer.from("KEY").toString("base64") },
    });
    expect(at(find("Gateway", "kubeflow-gateway"), "spec", "servers")).toEqual([
      { hosts: ["*"], port: { number: 80, name: "http", protocol: "HTTP" }, tls: { httpsRedirect: true } },
      {
        hosts: ["*"],
        port: { number: 443, name: "https", protocol: "HTTPS" },
        tls: { mode: "SIMPLE", credentialName: "kubeflow-gateway-tls", minProtocolVersion: "TLSV1_2" },
      },
    ]);
    expect(cookieOf(find("Deployment", "jupyter-web-app"))).toBe("true");
    expect(find("ConfigMap", "oauth2-proxy-parameters")?.data).toEqual({
      FORCE_HTTPS: "true",
      ENABLE_M2M_TOKENS: "true",
    });
    expect(JSON.stringify(find("Deployment", "oauth2-proxy"))).toContain('"flowdeck.dev/secure-cookies":"true"');
  });

  it("refuses a given certificate that is not there", async () => {
    const given = access({ way: "loadBalancer", host, tls: { kind: "given" } });
    await failure("settings-invalid", () => edited(given, rendered(), {}));
  });

  it("lets ACME's challenges through before the sign-in, and does not wait for their certificate", () => {
    const { find } = edited(access({ way: "loadBalancer", host, tls: { kind: "acme", email: "a@example.com" } }));
    const policy = find("AuthorizationPolicy", "istio-ingressgateway-require-jwt");
    expect(JSON.stringify(policy)).toContain("/.well-known/acme-challenge/*");
    expect(find("Issuer", "kubeflow-way-in")).toMatchObject({
      metadata: { namespace: "istio-system", annotations: { "flowdeck.dev/awaited": "false" } },
      spec: {
        acme: {
          server: "https://acme-v02.api.letsencrypt.org/directory",
          solvers: [{ http01: { ingress: { class: "istio" } } }],
        },
      },
    });
    expect(find("Certificate", "kubeflow-way-in")).toMatchObject({
      spec: { secretName: "kubeflow-gateway-tls", dnsNames: [host] },
    });
  });

  it("leads an Ingress or a route to the gateway, which stays plain inside", () => {
    const ingress = edited(
      access({
        way: "ingress",
        ingressClass: "nginx",
        host,
        tls: { kind: "acme", email: "a@example.com", server: "staging" },
      }),
    );
    expect(ingress.find("Ingress", "kubeflow-way-in")).toMatchObject({
      spec: {
        ingressClassName: "nginx",
        tls: [{ hosts: [host], secretName: "kubeflow-gateway-tls" }],
        rules: [
          { host, http: { paths: [{ backend: { service: { name: "istio-ingressgateway", port: { number: 80 } } } }] } },
        ],
      },
    });
    expect(ingress.find("NetworkPolicy", "kubeflow-way-in-acme")).toBeDefined();
    expect(at(ingress.find("Service", "istio-ingressgateway"), "spec", "type")).toBe("ClusterIP");
    expect(list(at(ingress.find("Gateway", "kubeflow-gateway"), "spec", "servers"))).toHaveLength(1);
    const route = edited(
      access({ way: "gateway", gateway: { name: "shared", namespace: "infra" }, host, tls: { kind: "outside" } }),
    );
    expect(route.find("HTTPRoute", "kubeflow-way-in")).toMatchObject({
      spec: {
        parentRefs: [{ name: "shared", namespace: "infra" }],
        hostnames: [host],
        rules: [{ backendRefs: [{ name: "istio-ingressgateway", port: 80 }] }],
      },
    });
    expect(cookieOf(route.find("Deployment", "jupyter-web-app"))).toBe("true");
  });

  it("gives the same whatever way the objects had before", () => {
    const ways: AccessSettings[] = [
      access({ way: "forward" }),
      access({ way: "nodePort", nodePort: 31380 }),
      access({ way: "loadBalancer", host, tls: { kind: "acme", email: "a@example.com" } }),
      access({ way: "ingress", host, tls: { kind: "selfSigned" } }),
      access({ way: "loadBalancer", host, tls: { kind: "given" } }),
    ];
    const plain = ways.map((way) => edited(way).edit.components);
    for (const before of ways) {
      const was = edited(before).edit.components;
      for (const [index, way] of ways.entries()) {
        const now = edited(way, structuredClone(was)).edit.components;
        expect(sorted(now), `${before.way} → ${way.way}`).toEqual(sorted(plain[index] ?? []));
      }
    }
  });

  it("has rules for what goes together", () => {
    const problem = (given: object) => accessSettings.safeParse(given).error?.issues[0]?.message;
    expect(problem({ way: "forward", tls: { kind: "selfSigned" } })).toBe("access-forward-tls");
    expect(problem({ way: "ingress" })).toBe("access-host-needed");
    expect(problem({ way: "nodePort", tls: { kind: "acme", email: "a@example.com" }, host })).toBe("access-acme-port");
    expect(problem({ way: "nodePort", nodePort: 80 })).toBe("node-port-range");
    expect(problem({ way: "gateway", host })).toBe("access-gateway-needed");
    expect(problem({ way: "ingress", host: "10.0.0.1" })).toBe("access-host-ip");
    expect(problem({ way: "loadBalancer", host: "https://a.example.com" })).toBe("access-host");
    expect(problem({ way: "nodePort", host: "10.0.0.1", tls: { kind: "selfSigned" } })).toBeUndefined();
  });
});

/** Without what has no meaning: the order of objects, and a mark of what was once other than it is. */
function sorted(components: readonly { id: string; objects: readonly KubeObject[] }[]) {
  const withoutMark = (name: string, value: unknown) =>
    name === "annotations" && at(value, "flowdeck.dev/secure-cookies") !== undefined ? undefined : value;
  return components.map(({ id, objects }) => ({
    id,
    objects: objects
      .map((one): KubeObject => JSON.parse(JSON.stringify(one, withoutMark)))
      .sort((a, b) => `${a.kind}${a.metadata.name}`.localeCompare(`${b.kind}${b.metadata.name}`)),
  }));
}
