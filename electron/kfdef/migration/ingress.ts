import { message } from "../../../common/words/index.ts";
import { type Fields, inside, items, move, setDefault } from "./json.ts";
import type { Convert } from "./types.ts";

/**
 * Ingress of extensions/v1beta1 and networking.k8s.io/v1beta1 as networking.k8s.io/v1. The annotation
 * kubernetes.io/ingress.class stays: it is still read, and spec.ingressClassName needs an IngressClass that nobody made.
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/#ingress-v122
 */
export const convertIngress: Convert = (object, _from, note) => {
  const spec = inside(object, "spec");
  delete object.status;
  if (spec === undefined) return object;
  if (move(spec, "backend", spec, "defaultBackend"))
    note(message("conversion.became", { from: "spec.backend", to: "spec.defaultBackend" }));
  let services = convertBackend(inside(spec, "defaultBackend")) ? 1 : 0;
  let paths = 0;
  for (const rule of items(spec.rules))
    for (const path of items(inside(rule, "http")?.paths)) {
      if (convertBackend(inside(path, "backend"))) services += 1;
      if (setDefault(path, "pathType", "ImplementationSpecific")) paths += 1;
    }
  if (services > 0) note(message("conversion.backends", { count: services }));
  if (paths > 0) note(message("conversion.pathTypes", { count: paths }));
  return object;
};

function convertBackend(backend: Fields | undefined): boolean {
  if (backend === undefined || backend.serviceName === undefined) return false;
  const { serviceName, servicePort } = backend;
  delete backend.serviceName;
  delete backend.servicePort;
  backend.service = { name: serviceName, ...(servicePort === undefined ? {} : { port: port(servicePort) }) };
  return true;
}

function port(value: unknown): Fields {
  return /^\d+$/.test(String(value)) ? { number: Number(value) } : { name: value };
}
