import { number, text } from "../../../common/json/index.ts";
import { atDeployment } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import { refOf } from "../../install/index.ts";
import { type Check, failed, passed } from "../check.ts";

const atOnce = 16;
/** An installation makes some 2000 requests. */
const slowMs = 1_000;

/** How long the API server takes while it is asked as often as an installation asks it. */
export const apiServer: Check = {
  id: "api-server",
  level: "should",
  name: message("checks.apiServer"),
  of: "cluster",
  async run({ client, signal }) {
    const times = await Promise.all(
      Array.from({ length: atOnce }, async () => {
        const began = performance.now();
        await client.raw("/api/v1/namespaces/kube-system", { signal });
        return performance.now() - began;
      }),
    );
    const middle = times.toSorted((a, b) => a - b)[atOnce / 2] ?? 0;
    const seen = { ms: Math.round(middle), count: atOnce };
    return middle <= slowMs
      ? passed(message("checks.apiServerOk", seen))
      : failed(message("checks.apiServerSlow", seen), { evidence: [message("checks.apiServerAdvice")] });
  },
};

/** Names of Services are looked up by every pod; without DNS none of Kubeflow's finds another. */
export const dns: Check = {
  id: "dns",
  level: "must",
  name: message("checks.dns"),
  of: "cluster",
  async run({ client, signal }) {
    const found = await client.list("apps/v1", "Deployment", {
      ...{ namespace: "kube-system", signal },
      labelSelector: "k8s-app in (kube-dns, coredns)",
    });
    const [first] = found;
    // Some clusters hide it, or run it outside.
    if (first === undefined) return undefined;
    const ready = found.reduce((sum, one) => sum + (number(atDeployment(one, "status", "readyReplicas")) ?? 0), 0);
    if (ready > 0) return passed(message("checks.dnsOk", { name: first.metadata.name, count: ready }));
    return failed(message("checks.dnsDown", { name: first.metadata.name }), {
      evidence: [message("checks.dnsAdvice")],
      objects: found.map((one) => refOf({ ...one, apiVersion: "apps/v1", kind: text(one.kind) ?? "Deployment" })),
    });
  },
};
