import { message } from "../../../common/words/index.ts";
import { type Fields, inside, items, move, setDefault } from "./json.ts";
import type { Convert } from "./types.ts";

/** RuntimeClass of node.k8s.io/v1alpha1, whose handler stood in a spec. (v1beta1 has v1's fields.) */
export const convertRuntimeClass: Convert = (object, from, note) => {
  const spec = inside(object, "spec");
  if (!from.endsWith("/v1alpha1") || spec === undefined) return object;
  delete object.spec;
  object.handler = spec.runtimeHandler;
  for (const field of ["overhead", "scheduling"]) move(spec, field, object);
  note(message("conversion.became", { from: "spec.runtimeHandler", to: "handler" }));
  return object;
};

/**
 * CertificateSigningRequest. v1 wants a signer, and has none for what v1beta1 called legacy-unknown.
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/#certificatesigningrequest-v122
 */
export const convertCsr: Convert = (object, _from, note) => {
  const spec = inside(object, "spec") ?? {};
  delete object.status;
  if (spec.signerName === undefined || spec.signerName === "kubernetes.io/legacy-unknown") {
    note(message("conversion.noSigner"));
    return undefined;
  }
  if (setDefault(spec, "usages", ["digital signature", "key encipherment"])) note(message("conversion.usages"));
  return object;
};

/**
 * EndpointSlice: an endpoint's topology became fields.
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/#endpointslice-v125
 */
export const convertEndpointSlice: Convert = (object, _from, note) => {
  for (const endpoint of items(object.endpoints)) {
    const topology = inside(endpoint, "topology");
    if (topology === undefined) continue;
    delete endpoint.topology;
    move(topology, "kubernetes.io/hostname", endpoint, "nodeName");
    move(topology, "topology.kubernetes.io/zone", endpoint, "zone");
    if (Object.keys(topology).length > 0) endpoint.deprecatedTopology = topology;
    note(message("conversion.topology"));
  }
  return object;
};

/**
 * Event of events.k8s.io/v1beta1.
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/#event-v125
 */
export const convertEvent: Convert = (object, _from, note) => {
  const renamed: readonly [string, string][] = [
    ["involvedObject", "regarding"],
    ["message", "note"],
    ["source", "deprecatedSource"],
    ["firstTimestamp", "deprecatedFirstTimestamp"],
    ["lastTimestamp", "deprecatedLastTimestamp"],
    ["count", "deprecatedCount"],
    ["reportingComponent", "reportingController"],
  ];
  const done = renamed.filter(([from, to]) => move(object, from, object, to)).map(([from, to]) => `${from} → ${to}`);
  if (done.length > 0) note(message("conversion.renamed", { names: done.join(", ") }));
  return object;
};

/**
 * FlowSchema and PriorityLevelConfiguration up to v1beta3.
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/#flowcontrol-resources-v129
 */
export const convertFlowControl: Convert = (object, from, note) => {
  const limited = inside(object, "spec", "limited");
  delete object.status;
  if (limited === undefined) return object;
  if (move(limited, "assuredConcurrencyShares", limited, "nominalConcurrencyShares"))
    note(
      message("conversion.became", { from: "spec.limited.assuredConcurrencyShares", to: "nominalConcurrencyShares" }),
    );
  if (limited.nominalConcurrencyShares === 0 && from !== "flowcontrol.apiserver.k8s.io/v1beta3") withDefault(limited);
  return object;

  // 0 meant the default, 30; v1 takes 0 at its word.
  function withDefault(shares: Fields): void {
    shares.nominalConcurrencyShares = 30;
    note(message("conversion.sharesZero"));
  }
};
