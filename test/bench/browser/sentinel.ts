import { runningStatus, type Writer } from "./fill.ts";
import type { Sentinel } from "./page.ts";

/** A pod among the others whose restarts are counted up, to see when that is seen; made when it is not there. */
export async function makeSentinel(writer: Writer): Promise<Sentinel> {
  const place = { namespace: "team-00", name: "sentinel" };
  const path = `/api/v1/namespaces/${place.namespace}/pods`;
  await writer.send("POST", path, {
    metadata: { name: place.name },
    spec: {
      nodeName: "node-000",
      automountServiceAccountToken: false,
      containers: [{ name: "main", image: "registry.example/sentinel:1" }],
    },
  });
  const write = async (restarts: number) => {
    const status = runningStatus(0, restarts);
    await writer.send("PATCH", `${path}/${place.name}/status`, status, "application/merge-patch+json");
  };
  await write(0);
  return { ...place, write };
}
