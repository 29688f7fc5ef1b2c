import { type AccessSettings, FlowdeckError, isAddress, isSecure } from "../../../common/contract/index.ts";
import { at, fields, list, text, texts } from "../../../common/json/index.ts";
import { groupOf } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { notAwaitedAnnotation } from "../plan/awaited.ts";
import type { CatalogueRelease, InstallSecrets } from "../types.ts";
import { secureCookies } from "./cookies.ts";
import type { Edit, Place } from "./edit.ts";

export interface WayIn {
  access: AccessSettings | undefined;
  dashboard: CatalogueRelease["dashboard"];
  secrets: Pick<InstallSecrets, "tlsCertificate" | "tlsKey">;
}

/** On what is made for the way in and nothing else: it goes when another way is chosen. */
export const wayInLabel = "flowdeck.dev/way-in";
/** What is made for the way in is called so, in the namespace of the dashboard's Service. */
export const wayInName = "kubeflow-way-in";
/** Where the certificate is: Istio's gateway reads it in its own namespace only. */
export const certificateSecret = "kubeflow-gateway-tls";
const challengePath = "/.well-known/acme-challenge/*";

/** The port that serves https, as every gateway of Istio has it. */
const securePort = 443;

/** Whether Istio's own gateway serves the certificate. */
export function endsAtGateway({ way, tls }: AccessSettings): boolean {
  return (way === "nodePort" || way === "loadBalancer") && isCertified(tls.kind);
}

function isCertified(kind: AccessSettings["tls"]["kind"]): boolean {
  return kind === "selfSigned" || kind === "acme" || kind === "given";
}

/**
 * Opens the way in that is chosen and closes every other: what this gives is the same whatever way the objects had
 * before. Throws `settings-invalid` where a release can't have it, `build-failed` where a place of it is missing.
 */
export function wayIn(
  edit: Edit,
  { access = { way: "forward", tls: { kind: "none" } }, dashboard, secrets }: WayIn,
): void {
  for (const { component, place } of edit.where(isOwn)) edit.remove(component, place);
  const { namespace, service: name } = dashboard;
  const found = edit.where(({ kind, apiVersion, metadata }) => {
    return kind === "Service" && apiVersion === "v1" && metadata.name === name && metadata.namespace === namespace;
  });
  const [gate] = found;
  // Without the component that has it, nothing answers at all.
  if (gate === undefined) return;
  const { component, place } = gate;
  service(edit, component, place, access, dashboard);
  gateway(edit, access);
  challenges(edit, access, namespace);
  secureCookies(edit, isSecure(access));
  if (access.way === "forward") return;
  const make = (object: KubeObject, said: Message) => {
    const labels = { ...object.metadata.labels, [wayInLabel]: "true" };
    const made = { ...object, metadata: { ...object.metadata, namespace, labels } };
    edit.add(component, made);
    edit.note(component, { kind: made.kind, name: made.metadata.name, namespace }, said);
  };
  letIn(edit, component, place, access, make);
  certificate(access, secrets, make);
  if (access.way === "ingress")
    make(ingress(access, dashboard), message("wayIn.becauseIngress", { host: access.host ?? "" }));
  if (access.way === "gateway")
    make(route(access, dashboard), message("wayIn.becauseRoute", { host: access.host ?? "" }));
}

export function isOwn({ metadata }: KubeObject): boolean {
  return metadata.labels?.[wayInLabel] === "true";
}

type Make = (object: KubeObject, said: Message) => void;

function service(
  edit: Edit,
  component: string,
  place: Place,
  access: AccessSettings,
  { port: plainPort }: WayIn["dashboard"],
): void {
  const type = access.way === "nodePort" ? "NodePort" : access.way === "loadBalancer" ? "LoadBalancer" : "ClusterIP";
  const wanted = endsAtGateway(access) ? securePort : plainPort;
  const before = edit.find(component, place);
  const ports = list(at(before, "spec", "ports")).map((one) => {
    const { nodePort: _before, ...port } = fields(one);
    const isChosen = access.way === "nodePort" && port.port === wanted && access.nodePort !== undefined;
    return isChosen ? { ...port, nodePort: access.nodePort } : port;
  });
  if (endsAtGateway(access) && !ports.some((port) => port.port === securePort)) throw noGateway();
  const spec = { ...fields(before.spec), type, ports };
  if (JSON.stringify(spec) === JSON.stringify(before.spec)) return;
  if (type === "ClusterIP" && (at(before, "spec", "type") ?? type) === type) return;
  edit.change(component, place, (object) => {
    object.spec = spec;
  });
  edit.note(component, place, serviceReason(access));
}

function serviceReason(access: AccessSettings): Message {
  const { way, nodePort } = access;
  // What speaks TLS on a port can't redirect those who speak plain HTTP there.
  if (way === "nodePort" && endsAtGateway(access))
    return message("wayIn.becauseNodePortTls", { port: String(nodePort ?? "") });
  if (way === "nodePort") return message("wayIn.becauseNodePort", { port: String(nodePort ?? "") });
  return way === "loadBalancer" ? message("wayIn.becauseLoadBalancer") : message("wayIn.becauseInside");
}

function noGateway(): FlowdeckError {
  return new FlowdeckError("settings-invalid", message("wayIn.noGateway"), { advice: message("wayIn.noGatewayWay") });
}

/** Istio's Gateway of Kubeflow: with the certificate where it ends TLS, plain otherwise. */
function gateway(edit: Edit, access: AccessSettings): void {
  const [found] = edit.where(
    ({ apiVersion, kind, metadata }) =>
      groupOf(apiVersion) === "networking.istio.io" && kind === "Gateway" && metadata.name === "kubeflow-gateway",
  );
  const secure = endsAtGateway(access);
  if (found === undefined) {
    if (secure) throw noGateway();
    return;
  }
  const { component, place, object } = found;
  const servers = list(at(object, "spec", "servers"));
  const isPlain = (server: unknown) => at(server, "port", "protocol") === "HTTP";
  const hasCertificate = servers.some((server) => at(server, "tls", "credentialName") !== undefined);
  if (!secure && !hasCertificate) return;
  // A redirect keeps the port of the request, which is another one where nodes serve both.
  const redirects = secure && access.way === "loadBalancer";
  const plain = servers.filter(isPlain).map((server) => {
    const { tls: _before, ...rest } = fields(server);
    return redirects ? { ...rest, tls: { httpsRedirect: true } } : rest;
  });
  const certified = {
    port: { number: securePort, name: "https", protocol: "HTTPS" },
    hosts: ["*"],
    tls: { mode: "SIMPLE", credentialName: certificateSecret, minProtocolVersion: "TLSV1_2" },
  };
  edit.change(component, place, (changed) => {
    changed.spec = { ...fields(changed.spec), servers: secure ? [...plain, certified] : plain };
  });
  edit.note(component, place, secure ? message("wayIn.becauseTls") : message("wayIn.becausePlain"));
}

/** Nobody who checks an ACME challenge can sign in: its path is let through before the sign-in. */
function challenges(edit: Edit, access: AccessSettings, namespace: string): void {
  const open = access.tls.kind === "acme" && access.way === "loadBalancer";
  const isSignIn = (path: string) => path === "/oauth2/*";
  const policies = edit.where(
    (object) =>
      object.kind === "AuthorizationPolicy" &&
      object.metadata.namespace === namespace &&
      pathsOf(object).some((paths) => paths.some(isSignIn) && paths.includes(challengePath) !== open),
  );
  for (const { component, place } of policies) {
    edit.change(component, place, (policy) => {
      const rules = list(at(policy, "spec", "rules")).map((rule) => {
        const to = list(at(rule, "to")).map((one) => {
          const operation = fields(at(one, "operation"));
          const paths = texts(operation.notPaths);
          if (!paths.some(isSignIn)) return one;
          const others = paths.filter((path) => path !== challengePath);
          return { ...fields(one), operation: { ...operation, notPaths: open ? [...others, challengePath] : others } };
        });
        return at(rule, "to") === undefined ? rule : { ...fields(rule), to };
      });
      policy.spec = { ...fields(policy.spec), rules };
    });
    edit.note(component, place, open ? message("wayIn.becauseChallenge") : message("wayIn.becauseNoChallenge"));
  }
}

function pathsOf(policy: KubeObject): string[][] {
  return list(at(policy, "spec", "rules")).flatMap((rule) =>
    list(at(rule, "to")).map((to) => texts(at(to, "operation", "notPaths"))),
  );
}

/** Where the release admits only its own pods, the gateway must admit people, and cert-manager's answers the challenger. */
function letIn(edit: Edit, component: string, place: Place, access: AccessSettings, make: Make): void {
  const restricts = edit.where(
    ({ kind, metadata, spec }) =>
      kind === "NetworkPolicy" &&
      metadata.namespace === place.namespace &&
      Object.keys(fields(at(spec, "podSelector"))).length === 0,
  );
  if (restricts.length === 0) return;
  const gate = edit.find(component, place);
  const targets = list(at(gate, "spec", "ports"))
    .filter((port) => [80, securePort].includes(Number(at(port, "port"))))
    .map((port) => ({ protocol: "TCP", port: at(port, "targetPort") ?? at(port, "port") }));
  const policy = (name: string, podSelector: object, ports: object[]) => ({
    ...{ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name } },
    spec: { podSelector, ingress: [{ ports }], policyTypes: ["Ingress"] },
  });
  make(
    policy(wayInName, { matchLabels: fields(at(gate, "spec", "selector")) }, targets),
    message("wayIn.becauseAdmitted"),
  );
  if (access.tls.kind !== "acme" || access.way !== "ingress") return;
  const solver = { matchLabels: { "acme.cert-manager.io/http01-solver": "true" } };
  make(policy(`${wayInName}-acme`, solver, [{ protocol: "TCP", port: 8089 }]), message("wayIn.becauseSolver"));
}

function certificate(access: AccessSettings, secrets: WayIn["secrets"], make: Make): void {
  const { tls, host = "" } = access;
  if (access.way === "gateway" || !isCertified(tls.kind)) return;
  if (tls.kind === "given") {
    make(givenSecret(secrets), message("wayIn.becauseGiven"));
    return;
  }
  const awaited = tls.kind === "acme" ? { annotations: { [notAwaitedAnnotation]: "false" } } : {};
  const issuer = {
    ...{ apiVersion: "cert-manager.io/v1", kind: "Issuer", metadata: { name: wayInName, ...awaited } },
    spec: tls.kind === "acme" ? { acme: acme(access, tls) } : { selfSigned: {} },
  };
  make(issuer, tls.kind === "acme" ? message("wayIn.becauseAcme") : message("wayIn.becauseSelfSigned"));
  make(
    {
      ...{ apiVersion: "cert-manager.io/v1", kind: "Certificate", metadata: { name: wayInName, ...awaited } },
      spec: {
        secretName: certificateSecret,
        ...(host.length <= 64 && tls.kind === "selfSigned" ? { commonName: host } : {}),
        ...(isAddress(host) ? { ipAddresses: [host] } : { dnsNames: [host] }),
        issuerRef: { group: "cert-manager.io", kind: "Issuer", name: wayInName },
      },
    },
    message("wayIn.becauseCertificate", { host }),
  );
}

function givenSecret({ tlsCertificate, tlsKey }: WayIn["secrets"]): KubeObject {
  if (tlsCertificate === undefined || tlsKey === undefined)
    throw new FlowdeckError("settings-invalid", message("wayIn.noCertificate"), {
      advice: message("wayIn.noCertificateWay"),
    });
  const base64 = (value: string) => Buffer.from(value).toString("base64");
  return {
    ...{ apiVersion: "v1", kind: "Secret", type: "kubernetes.io/tls", metadata: { name: certificateSecret } },
    data: { "tls.crt": base64(tlsCertificate), "tls.key": base64(tlsKey) },
  };
}

const acmeDirectories = {
  production: "https://acme-v02.api.letsencrypt.org/directory",
  staging: "https://acme-staging-v02.api.letsencrypt.org/directory",
} as const;

function acme(
  { way, ingressClass }: AccessSettings,
  { email, server }: Extract<AccessSettings["tls"], { kind: "acme" }>,
): object {
  const directory = server === "production" || server === "staging" ? acmeDirectories[server] : server;
  // Istio serves Ingresses by this annotation's value, without an IngressClass.
  const solver =
    way === "ingress" ? { ...(ingressClass ? { ingressClassName: ingressClass } : {}) } : { class: "istio" };
  return {
    email,
    server: directory,
    privateKeySecretRef: { name: `${wayInName}-acme` },
    solvers: [{ http01: { ingress: solver } }],
  };
}

/** Where Ingress controllers redirect plain HTTP if an Ingress says so; others ignore it. */
const redirects = {
  "nginx.ingress.kubernetes.io/ssl-redirect": "true",
  "haproxy.org/ssl-redirect": "true",
  "haproxy-ingress.github.io/ssl-redirect": "true",
};

function ingress({ host, tls, ingressClass }: AccessSettings, { service: name, port }: WayIn["dashboard"]): KubeObject {
  const backend = { service: { name, port: { number: port } } };
  return {
    ...{ apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
    metadata: { name: wayInName, ...(isCertified(tls.kind) ? { annotations: redirects } : {}) },
    spec: {
      ...(ingressClass ? { ingressClassName: ingressClass } : {}),
      ...(isCertified(tls.kind) ? { tls: [{ hosts: [host], secretName: certificateSecret }] } : {}),
      rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
    },
  };
}

function route({ host, gateway: parent }: AccessSettings, { service: name, port }: WayIn["dashboard"]): KubeObject {
  return {
    ...{ apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute", metadata: { name: wayInName } },
    spec: {
      parentRefs: [{ name: text(parent?.name) ?? "", namespace: text(parent?.namespace) ?? "" }],
      hostnames: [host],
      rules: [{ matches: [{ path: { type: "PathPrefix", value: "/" } }], backendRefs: [{ name, port }] }],
    },
  };
}
