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
  const paths = list(object, "spec.rules").flatMap((rule) =>
    list(rule, "http.paths").map((path) => ({
      host: text(rule, "host") ?? "*",
      path: text(path, "path") ?? "/",
      service: text(path, "backend.service.name") ?? "",
      port: scalar(get(path, "backend.service.port.number")) ?? text(path, "backend.service.port.name") ?? "",
    })),
  );
  return known([
    { name: t("object.fact.class"), value: text(object, "spec.ingressClassName") },
    { name: t("object.fact.address"), value: addressesOf(object).join(", ") },
    {
      name: t("object.fact.routes"),
      value: paths.map(({ host, path, service, port }) => (
        <div key={`${host}${path}`}>
          {host}
          {path} → <ObjectAnchor context={target.context} link={builtIn.service(namespace, service)} />:{port}
        </div>
      )),
    },
    {
      name: t("object.fact.tls"),
      value: list(object, "spec.tls").length
        ? list(object, "spec.tls").map((entry) => {
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
