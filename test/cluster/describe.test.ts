import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ObjectTarget } from "../../common/contract/index.ts";
import type { ClusterClient } from "../../electron/cluster/index.ts";
import { derive, descriptionOf, LiveLists } from "../../electron/objects/index.ts";
import { clusterRoom } from "./cluster-room.ts";
import { lamp, namespace, objects } from "./described.objects.ts";
import { eventually } from "./kubectl.ts";
import { describeWithCluster } from "./support.ts";

/** Ages and times that go on between two looks. */
const ticking = [
  /^(RenewTime|Events):/,
  /\b\d+(s|m|h)(\d+(s|m))?\b( \(x\d+ over .*\))?/,
  /LastHeartbeatTime|^(Ready|MemoryPressure|DiskPressure|PIDPressure|NetworkUnavailable) /,
];

/** The facts of a description: its lines without their layout, and without what ticks. */
function facts(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replaceAll(/\s+/g, " ").trim())
    .filter((line) => line !== "" && !/^[-= ]+$/.test(line))
    .map((line) =>
      ticking.reduce((words, pattern) => (pattern.test(words) ? words.replace(pattern, "…") : words), line),
    );
}

await describeWithCluster("what describe says", (test) => {
  const room = clusterRoom(test);
  const { kubectl } = room;
  let client: ClusterClient;
  let lists: LiveLists;

  beforeAll(async () => {
    client = await room.connections.client(room.context);
    lists = new LiveLists(room.connections);
    await kubectl.apply(namespace);
    await kubectl.apply(...objects);
    await kubectl.wait("crd/lamps.example.com", "condition=Established");
    await kubectl.apply(lamp);
    await kubectl.wait("deployment/web", "condition=Available", "-n", "shop");
    await kubectl.wait("pod/alone", "condition=Ready", "-n", "shop");
    await kubectl.text("rollout", "status", "statefulset/store", "-n", "shop", "--timeout=30s");
  });
  afterAll(async () => {
    await lists?.close();
    await client?.close();
  });

  async function targetOf(apiVersion: string, kind: string, name: string, where?: string): Promise<ObjectTarget> {
    const { group, version, plural, namespaced } = await client.resourceFor(apiVersion, kind);
    return {
      context: room.context,
      group,
      version,
      plural,
      kind,
      name,
      ...(namespaced ? { namespace: where ?? "shop" } : {}),
    };
  }

  async function ours(target: ObjectTarget): Promise<string> {
    const stop = new AbortController();
    try {
      const options = { context: room.context, everyMs: 50, signal: stop.signal };
      for await (const { text } of derive(lists, options, (look) => descriptionOf(look, target))) return text;
      throw new Error("It was never described.");
    } finally {
      stop.abort();
    }
  }

  /** Every line kubectl prints is in ours. Looked at again while both still change: controllers write statuses later. */
  async function compare(target: ObjectTarget): Promise<void> {
    const resource = target.group === "" ? target.plural : `${target.plural}.${target.version}.${target.group}`;
    const args = target.namespace === undefined ? [] : ["-n", target.namespace];
    let missing: string[] = [];
    await eventually(async () => {
      const [theirs, mine] = await Promise.all([
        kubectl.text("describe", resource, target.name, ...args),
        ours(target),
      ]);
      const have = new Set(facts(mine));
      missing = facts(theirs).filter((fact) => !have.has(fact));
      return missing.length === 0 ? true : undefined;
    }, 20_000).catch(() => undefined);
    expect(missing).toEqual([]);
  }

  describe.each(objects.map((object) => [object.kind, object.metadata.name, object] as const))(
    "%s %s",
    (_k, _n, object) => {
      it("has every fact of kubectl's", async () => {
        await compare(await targetOf(object.apiVersion, object.kind, object.metadata.name));
      });
    },
  );

  it.each([
    ["v1", "Namespace", "shop"],
    ["v1", "Node", "practice-1"],
    ["storage.k8s.io/v1", "StorageClass", "standard"],
    ["example.com/v1", "Lamp", "desk"],
    ["v1", "Endpoints", "web"],
    ["networking.k8s.io/v1", "ServiceCIDR", "kubernetes"],
    ["rbac.authorization.k8s.io/v1", "ClusterRole", "view"],
  ])("of %s %s %s is as kubectl's", async (apiVersion, kind, name) => {
    await compare(await targetOf(apiVersion, kind, name));
  });

  it.each([
    ["v1", "Pod", "app=shop"],
    ["apps/v1", "ReplicaSet", "app=shop"],
    ["discovery.k8s.io/v1", "EndpointSlice", "kubernetes.io/service-name=web"],
  ])("of what %s %s made for us is as kubectl's", async (apiVersion, kind, labelSelector) => {
    const made = await eventually(
      async () => (await client.list(apiVersion, kind, { namespace: "shop", labelSelector }))[0],
    );
    await compare(await targetOf(apiVersion, kind, made.metadata.name));
  });

  it("tells no value of a Secret", async () => {
    const text = await ours(await targetOf("v1", "Secret", "keys"));
    expect(text).toContain("12 bytes");
    expect(text).not.toMatch(/s3cr3t|czNjcjN0/);
  });
});
