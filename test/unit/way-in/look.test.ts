import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccessSettings, type AccessView, accessSettings, FlowdeckError } from "../../../common/contract/index.ts";
import { textOf, verbatim } from "../../../common/words/index.ts";
import type { KubeObject } from "../../../electron/cluster/index.ts";
import { certificateState } from "../../../electron/way-in/certificate-state.ts";
import { attentionOf, look, plainAnswer } from "../../../electron/way-in/look.ts";
import { object } from "../install/objects-support.ts";
import { startDns } from "./dns-server.ts";

const dashboard = { namespace: "istio-system", service: "istio-ingressgateway", port: 80 };
const access = (given: object): AccessSettings => accessSettings.parse(given);

/** A cluster on this computer that has these objects and nothing else. */
function cluster(...objects: KubeObject[]) {
  return {
    server: "https://127.0.0.1:6443",
    get: async ({ kind, name }: { kind: string; name: string }) =>
      objects.find((one) => one.kind === kind && one.metadata.name === name),
    list: async (_apiVersion: string, kind: string) => objects.filter((one) => one.kind === kind),
    resourceFor: async (_apiVersion: string, kind: string) => {
      throw new FlowdeckError("kind-unknown", verbatim(kind));
    },
  };
}

const service = (spec: object, status: object = {}) =>
  object("v1", "Service", "istio-ingressgateway", { metadata: { namespace: "istio-system" }, spec, status });
const node = (address: string, more: object = {}) =>
  object("v1", "Node", address, {
    spec: more,
    status: {
      conditions: [{ type: "Ready", status: "True" }],
      addresses: [
        { type: "Hostname", address: "node" },
        { type: "InternalIP", address },
      ],
    },
  });

describe("how an installation is reached", () => {
  let web: Server;
  let port: number;
  let dns: Awaited<ReturnType<typeof startDns>>;
  beforeAll(async () => {
    web = createServer((_request, response) => void response.writeHead(302, { location: "/oauth2/sign_in" }).end());
    web.listen(0, "127.0.0.1");
    await once(web, "listening");
    port = (web.address() as AddressInfo).port;
    dns = await startDns({ "kubeflow.example.com": ["203.0.113.9"], "here.example.com": ["127.0.0.1"] });
  });
  afterAll(() => {
    web.close();
    dns.close();
  });
  const seen = (client: ReturnType<typeof cluster>, chosen: AccessSettings | undefined, practice = false) =>
    look(
      client,
      { access: chosen, dashboard, practice },
      { dnsServers: [dns.server], timeoutMs: 400, signal: AbortSignal.timeout(20_000) },
    );
  const attention = ({ attention: all }: AccessView) =>
    all.map(({ level, said, advice }) =>
      `${level}: ${textOf(said, "en")} ${advice ? textOf(advice, "en") : ""}`.trim(),
    );

  it("is tried at the node's real address and port, by its name where DNS has it", async () => {
    const gate = service({ type: "NodePort", ports: [{ port: 80, nodePort: port }] });
    const view = await seen(cluster(gate, node("127.0.0.1")), undefined);
    expect(view).toMatchObject({
      access: { way: "nodePort", nodePort: port },
      url: `http://127.0.0.1:${port}`,
      answer: { status: 302, signIn: true, redirect: "/oauth2/sign_in" },
      attention: [],
    });
    const named = await seen(cluster(gate, node("127.0.0.1")), access({ way: "nodePort", host: "here.example.com" }));
    expect(named).toMatchObject({ url: `http://here.example.com:${port}`, dns: { state: "right" }, attention: [] });
  });

  it("waits for a load balancer with the reason that its maker gives, or that there is none", async () => {
    const gate = service({ type: "LoadBalancer", ports: [{ port: 80 }] });
    const none = await seen(cluster(gate), undefined);
    expect(none.url).toBeUndefined();
    expect(attention(none)[0]).toMatch(/^warn: Nothing in this cluster has started to create a load balancer/);
    const words = "Error syncing load balancer: quota exceeded";
    const event = object("v1", "Event", "one", { message: words, lastTimestamp: "2026-01-01T00:00:00Z" });
    expect(attention(await seen(cluster(gate, event), undefined))).toEqual([
      `warn: The load balancer has no address yet: ${words}`,
    ]);
    const practice = await seen(cluster(gate), undefined, true);
    expect(attention(practice)).toEqual([
      "warn: The practice cluster has no load balancers, so this address will not come. Choose another way, such as a port of the nodes.",
    ]);
  });

  it("does not contact what a cluster names but an installation can't have, nor simulated nodes", async () => {
    const gate = service(
      { type: "LoadBalancer", ports: [{ port: 80 }] },
      { loadBalancer: { ingress: [{ ip: "169.254.169.254" }] } },
    );
    const view = await seen(cluster(gate), undefined);
    expect(view.answer?.error?.message).toMatch(/169\.254\.169\.254 is not contacted/);
    const nodes = service({ type: "NodePort", ports: [{ port: 80, nodePort: port }] });
    const practice = await seen(cluster(nodes, node("127.0.0.1")), undefined, true);
    expect(practice.answer?.error?.message).toMatch(/nodes are simulated/);
  });

  it("says which DNS record is missing or wrong", async () => {
    const gate = service(
      { type: "LoadBalancer", ports: [{ port: 80 }] },
      { loadBalancer: { ingress: [{ ip: "127.0.0.1" }] } },
    );
    const view = await seen(cluster(gate), access({ way: "loadBalancer", host: "kubeflow.example.com" }));
    expect(attention(view)).toContain(
      "bad: kubeflow.example.com points to 203.0.113.9, not to 127.0.0.1. Create the record kubeflow.example.com A 127.0.0.1 where the domain is managed.",
    );
  });

  it("says that an Ingress or a Gateway has no address yet, or is not there", async () => {
    const gate = service({ type: "ClusterIP", ports: [{ port: 80 }] });
    const chosen = access({ way: "ingress", ingressClass: "nginx", host: "kubeflow.example.com" });
    expect(attention(await seen(cluster(gate), chosen))[0]).toMatch(
      /Ingress istio-system\/kubeflow-way-in does not exist/,
    );
    const ingress = object("networking.k8s.io/v1", "Ingress", "kubeflow-way-in");
    expect(attention(await seen(cluster(gate, ingress), chosen))[0]).toBe(
      "warn: The Ingress has no address yet. Check that a controller for class nginx is running.",
    );
    const gateway = { name: "shared", namespace: "infra" };
    const routed = access({ way: "gateway", gateway, host: "kubeflow.example.com", tls: { kind: "outside" } });
    expect(attention(await seen(cluster(gate), routed))[0]).toMatch(/There is no Gateway infra\/shared/);
  });

  it("sees what becomes of those who type no https", async () => {
    const states: (string | undefined)[] = [];
    const told: string[] = [];
    const answers = [
      [301, "https://kubeflow.example.com/"],
      [308, "http://kubeflow.example.com/other"],
      [200],
      [404],
    ] as const;
    for (const [status, location] of answers) {
      const plain = createServer(
        (_request, response) => void response.writeHead(status, location ? { location } : {}).end(),
      ).listen(0, "127.0.0.1");
      await once(plain, "listening");
      const { port: plainPort } = plain.address() as AddressInfo;
      const options = { plainPort, signal: AbortSignal.timeout(20_000) };
      const seenThere = await plainAnswer({ at: "127.0.0.1:443", signIn: true }, "kubeflow.example.com", options);
      plain.close();
      states.push(seenThere?.state);
      const secure = access({ way: "ingress", host: "kubeflow.example.com", tls: { kind: "outside" } });
      const view: AccessView = { access: secure, attention: [], checkedAt: "", looking: false };
      told.push(
        ...attention({ ...view, attention: attentionOf({ ...view, ...(seenThere ? { plain: seenThere } : {}) }) }),
      );
    }
    expect(states).toEqual(["redirected", "served", "served", "closed"]);
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(
      /^warn: 127\.0\.0\.1:\d+ serves Kubeflow over plain HTTP, too, without leading to HTTPS\. Let what/,
    );
    const failed = { code: "verify-failed" as const, message: "gone" };
    const options = { signal: AbortSignal.timeout(5_000) };
    expect(await plainAnswer({ at: "127.0.0.1:443", signIn: false, error: failed }, "x", options)).toBe(undefined);
  });

  it("warns of a certificate that ends within a month", () => {
    const base: AccessView = {
      ...{ access: access({ way: "loadBalancer", host: "a.example.com", tls: { kind: "given" } }), attention: [] },
      ...{ checkedAt: "", looking: false, certificate: { ready: true, why: [], to: "2026-03-01T00:00:00Z" } },
    };
    expect(attentionOf(base, Date.parse("2026-01-29"))).toEqual([]);
    expect(attentionOf(base, Date.parse("2026-01-31"))).toMatchObject([{ level: "warn", said: { id: "wayIn.soon" } }]);
    expect(attentionOf(base, Date.parse("2026-03-02"))).toMatchObject([
      { level: "bad", said: { id: "wayIn.expired" } },
    ]);
  });

  it("gives the cause that cert-manager has: the challenge, the order, the certificate", () => {
    const certificate = object("cert-manager.io/v1", "Certificate", "kubeflow-way-in", {
      spec: { dnsNames: ["a.example.com"] },
      status: { conditions: [{ type: "Ready", status: "False", message: "Issuing certificate" }] },
    });
    const challenge = object("acme.cert-manager.io/v1", "Challenge", "one", {
      spec: { dnsName: "a.example.com" },
      status: { reason: "Waiting for HTTP-01 challenge propagation: connection refused" },
    });
    const order = object("acme.cert-manager.io/v1", "Order", "one", {
      spec: { dnsNames: ["a.example.com"] },
      status: { state: "invalid", reason: "rate limited" },
    });
    const { ready, why } = certificateState({ certificate, orders: [order], challenges: [challenge] });
    expect(ready).toBe(false);
    expect(why.map((one) => textOf(one, "en"))).toEqual([
      "The ACME challenge for a.example.com fails: Waiting for HTTP-01 challenge propagation: connection refused",
      "The ACME order failed: rate limited",
      "cert-manager has not issued the certificate yet: Issuing certificate",
    ]);
  });
});
