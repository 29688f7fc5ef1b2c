import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accessSettings, type CertificateExpiry, contextId } from "../../../common/contract/index.ts";
import type { KubeObject, WatchEvent } from "../../../electron/cluster/index.ts";
import { type ExpiryDeps, expiriesNow, watchExpiries } from "../../../electron/way-in/expiries.ts";
import { SeenCertificates } from "../../../electron/way-in/seen-certificates.ts";
import { hasOpenssl, makeCertificate, type Pair } from "../certificates/make-certificates.ts";
import { object } from "../install/objects-support.ts";

const context = contextId.parse("one");
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "flowdeck-expiries-"));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const certificateUntil = (to: string) =>
  makeCertificate({ name: "kf", names: ["DNS:kf.example.com"], from: "20260101000000Z", to });

/** An installation on a cluster whose Secret is what `secrets` tells; both are stand-ins. */
function world(stored: Pair, secrets: AsyncIterable<WatchEvent>, seen: SeenCertificates, asked: string[]): ExpiryDeps {
  const access = accessSettings.parse({ way: "loadBalancer", host: "kf.example.com", tls: { kind: "given" } });
  const recorded = {
    ...{ id: "one", kfDir: "/kf", state: "installed", settings: { access, name: "kf" } },
    ...{ journal: { run: { context } }, dashboard: { namespace: "istio-system" } },
  };
  const plain = { ...recorded, id: "two", kfDir: "/plain", settings: { name: "plain" } };
  const client = { watch: () => secrets };
  return {
    seen,
    now: () => Date.parse("2026-06-01T00:00:00Z"),
    installer: {
      recorded: async () => [recorded, plain],
      access: { storedCertificate: async () => stored.certificate },
    },
    connections: {
      use: async (id: string, work: (given: typeof client) => Promise<unknown>) => {
        asked.push(id);
        return work(client);
      },
    },
  } as unknown as ExpiryDeps;
}

it.skipIf(!hasOpenssl)(
  "the certificate of every known installation is watched, without contacting a cluster that is not chosen",
  async () => {
    const asked: string[] = [];
    const seen = new SeenCertificates(dataDir);
    const stored = certificateUntil("20260605000000Z");
    const renewed = certificateUntil("20261231000000Z");
    const change = Promise.withResolvers<void>();
    async function* secrets(): AsyncGenerator<WatchEvent> {
      await change.promise;
      const data = { "tls.crt": Buffer.from(renewed.certificate).toString("base64"), "tls.key": "c2VjcmV0" };
      yield {
        type: "modified",
        object: object("v1", "Secret", "kubeflow-gateway-tls", { data }) as KubeObject,
      } as WatchEvent;
    }
    const deps = world(stored, secrets(), seen, asked);
    expect(await expiriesNow(deps)).toMatchObject([
      { kfDir: "/kf", name: "kf", subject: "kf.example.com", attention: { said: { id: "wayIn.soonDays" } } },
    ]);
    expect(asked).toEqual([]);

    const stop = new AbortController();
    const told: CertificateExpiry[][] = [];
    for await (const item of watchExpiries(deps, { context }, stop.signal)) {
      told.push(item);
      if (told.length === 1) change.resolve();
      else stop.abort();
    }
    expect(asked).toEqual(["one"]);
    expect(told[1]).toMatchObject([{ to: "2026-12-31T00:00:00.000Z" }]);
    expect(told[1]?.[0]?.attention).toBe(undefined);
    // It is known from then on, and nothing but its dates and names is.
    expect(await expiriesNow(world(stored, secrets(), new SeenCertificates(dataDir), []))).toEqual(told[1]);
    expect(await readFile(join(dataDir, "certificates.json"), "utf8")).not.toMatch(/BEGIN|c2VjcmV0/);
  },
);
