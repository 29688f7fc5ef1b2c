import type { DashboardAddress } from "../../common/contract/index.ts";
import { at, list, number, text } from "../../common/json/index.ts";
import { addressOfNode, atService } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";

/**
 * Where a Service answers: at its load balancer, at a port of every node, or only over a port forward. Pure.
 *
 * @param nodes Asked for only where the Service has a port on the nodes.
 */
export function addressOf(
  service: KubeObject,
  port: number,
  nodes: () => readonly KubeObject[],
): Pick<DashboardAddress, "way" | "url"> {
  const type = text(atService(service, "spec", "type"));
  if (type === "LoadBalancer") {
    const [first] = list(atService(service, "status", "loadBalancer", "ingress"));
    const host = text(at(first, "hostname")) ?? text(at(first, "ip"));
    return { way: "loadBalancer", ...(host ? { url: urlOf(host, port) } : {}) };
  }
  if (type === "NodePort") {
    const ports = list(atService(service, "spec", "ports"));
    const nodePort = number(
      at(
        ports.find((one) => number(at(one, "port")) === port),
        "nodePort",
      ),
    );
    const host = nodes()
      .map(addressOfNode)
      .find((address) => address !== undefined);
    return { way: "nodePort", ...(nodePort !== undefined && host ? { url: urlOf(host, nodePort) } : {}) };
  }
  return { way: "forward" };
}

function urlOf(host: string, port: number): string {
  const name = host.includes(":") ? `[${host}]` : host;
  return port === 443 ? `https://${name}` : port === 80 ? `http://${name}` : `http://${name}:${port}`;
}
