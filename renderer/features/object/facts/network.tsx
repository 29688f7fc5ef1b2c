import { builtIn, ObjectAnchor } from "../../../state/connected/ObjectAnchor.tsx";
import { get, list, scalar, text, textMap, texts } from "../../../state/read.ts";
import { type Fact, type FactSource, known } from "./fact.ts";
import { Selector } from "./workload.tsx";

export function networkFacts(source: FactSource): Fact[] {
  switch (source.target.kind) {
    case "Ingress":
      return ingressFacts(source);
    case "NetworkPolicy":
      return policyFacts(source);
    default:
      return serviceFacts(source);
  }
}

function serviceFacts({ object, t }: FactSource): Fact[] {
  return known([
    { name: t("object.fact.type"), value: text(object, "spec.type") },
    {
      name: t("object.fact.clusterIp"),
      value: texts(object, "spec.clusterIPs").join(", ") || text(object, "spec.clusterIP"),
    },
    { name: t("object.fact.externalName"), value: text(object, "spec.externalName") },
    {
      name: t("object.fact.address"),
      value: [...texts(object, "spec.externalIPs"), ...addressesOf(object)].join(", "),
    },
    {
      name: t("object.fact.ports"),
      value: (
        <span className="object-lines">
          {list(object, "spec.ports")
            .map((port) => {
              const node = scalar(get(port, "nodePort"));
              const name = text(port, "name");
              return `${scalar(get(port, "port"))} → ${scalar(get(port, "targetPort")) ?? ""}/${text(port, "protocol")}${node ? ` · node ${node}` : ""}${name ? ` · ${name}` : ""}`;
            })
            .join("\n")}
        </span>
      ),
    },
    { name: t("object.fact.selector"), value: <Selector entries={textMap(object, "spec.selector")} /> },
    { name: t("object.fact.affinity"), value: affinityOf(object) },
  ]);
}

function affinityOf(object: unknown): string | undefined {
  const affinity = text(object, "spec.sessionAffinity");
  return affinity === "None" ? undefined : affinity;
}

function addressesOf(object: unknown): string[] {
  return list(object, "status.loadBalancer.ingress").flatMap(
    (entry) => text(entry, "hostname") ?? text(entry, "ip") ?? [],
  );
}

function ingressFacts({ target, object, t }: FactSource): Fact[] {
  const namespace = target.namespace ?? "";
  const fallback = get(object, "spec.defaultBackend");
  const tls = list(object, "spec.tls");
  return known([
    { name: t("object.fact.class"), value: text(object, "spec.ingressClassName") },
    { name: t("object.fact.address"), value: addressesOf(object).join(", ") },
    {
      name: t("object.fact.routes"),
      value: routesOf(object).map(({ host, path, backend }) => (
        <div key={`${host}${path}`}>
          {host}
          {path}
          {backend === undefined ? null : (
            <>
              {" → "}
              <Backend target={target} backend={backend} />
            </>
          )}
        </div>
      )),
    },
    {
      name: t("object.fact.defaultBackend"),
      value: fallback === undefined ? undefined : <Backend target={target} backend={fallback} />,
    },
    {
      name: t("object.fact.tls"),
      value: tls.length
        ? tls.map((entry) => {
            const secret = text(entry, "secretName");
            return (
              <div key={secret ?? texts(entry, "hosts").join()}>
                {texts(entry, "hosts").join(", ")}{" "}
                {secret ? <ObjectAnchor context={target.context} link={builtIn.secret(namespace, secret)} /> : null}
              </div>
            );
          })
        : undefined,
    },
  ]);
}

/** What an Ingress takes: its hosts with their paths; a host without any goes to the default backend. */
export function routesOf(ingress: unknown): { host: string; path: string; backend: unknown }[] {
  return list(ingress, "spec.rules").flatMap((rule) => {
    const host = text(rule, "host") ?? "*";
    const paths = list(rule, "http.paths");
    if (paths.length === 0) return [{ host, path: "", backend: undefined }];
    return paths.map((path) => ({ host, path: text(path, "path") ?? "/", backend: get(path, "backend") }));
  });
}

/** A Service with its port, or an object of another kind, of which only the name is known. */
function Backend({ target, backend }: { target: FactSource["target"]; backend: unknown }) {
  const service = text(backend, "service.name");
  if (service === undefined) return <>{resourceOf(backend)}</>;
  const port = scalar(get(backend, "service.port.number")) ?? text(backend, "service.port.name");
  return (
    <>
      <ObjectAnchor context={target.context} link={builtIn.service(target.namespace ?? "", service)} />
      {port === undefined ? "" : `:${port}`}
    </>
  );
}

export function resourceOf(backend: unknown): string {
  const group = text(backend, "resource.apiGroup");
  const name = `${text(backend, "resource.kind") ?? ""} ${text(backend, "resource.name") ?? ""}`;
  return group ? `${name} (${group})` : name;
}

function policyFacts({ object, t }: FactSource): Fact[] {
  return known([
    {
      name: t("object.fact.appliesTo"),
      value:
        textMap(object, "spec.podSelector.matchLabels").length > 0 ? (
          <Selector entries={textMap(object, "spec.podSelector.matchLabels")} />
        ) : (
          t("object.allPods")
        ),
    },
    { name: t("object.fact.type"), value: texts(object, "spec.policyTypes").join(", ") },
    { name: t("object.fact.ingressRules"), value: String(list(object, "spec.ingress").length) },
    { name: t("object.fact.egressRules"), value: String(list(object, "spec.egress").length) },
  ]);
}
