import type { actionsContract, ContextId } from "../../common/contract/index.ts";
import type { ClusterClient, ClusterConnections } from "../cluster/index.ts";
import type { Served } from "../host/index.ts";
import { runChange } from "./changes.ts";
import { copyFrom } from "./copy-from.ts";
import { Uploads } from "./copy-to.ts";
import { addEphemeral, DebugPods } from "./debug.ts";
import { planDrain } from "./drain.ts";
import { Drains } from "./drains.ts";
import { factsOf } from "./facts.ts";
import { history, watchRollout } from "./rollout.ts";
import { subresourcesOf } from "./scale.ts";
import { revealSecret } from "./secret.ts";

/** What can be done to objects, behind the contract. */
export function serveActions({
  connections,
}: {
  connections: ClusterConnections;
}): Required<Served<typeof actionsContract>> {
  const drains = new Drains(connections);
  const uploads = new Uploads(connections);
  const debugPods = new DebugPods(connections);

  async function* streaming<T>(
    context: ContextId,
    open: (client: ClusterClient) => AsyncIterable<T>,
  ): AsyncGenerator<T> {
    const client = await connections.client(context);
    try {
      yield* open(client);
    } finally {
      await client.close();
    }
  }

  return {
    methods: {
      "actions.run": async ({ targets, change, dryRun }, signal) => ({
        results: await runChange((context) => connections.client(context), targets, change, { dryRun, signal }),
      }),
      "actions.facts": async ({ targets }, signal) => ({
        facts: await Promise.all(
          targets.map((target) => connections.use(target.context, (client) => factsOf(client, target, signal))),
        ),
      }),
      "actions.subresources": ({ context, ...resource }, signal) =>
        connections.use(context, async (client) => ({ subresources: await subresourcesOf(client, resource, signal) })),
      "rollout.history": ({ target }, signal) =>
        connections.use(target.context, async (client) => ({ revisions: await history(client, target, signal) })),
      "rollout.status": ({ target }, signal) =>
        streaming(target.context, (client) => watchRollout(client, target, signal)),
      "drain.plan": ({ context, nodes, options }, signal) =>
        connections.use(context, async (client) => ({ pods: await planDrain(client, nodes, options, signal) })),
      "drain.start": async ({ context, nodes, options }) => ({ id: await drains.start(context, nodes, options) }),
      "drain.stop": async ({ id }) => {
        await drains.stop(id);
        return {};
      },
      "drain.forget": async ({ id }) => {
        await drains.forget(id);
        return {};
      },
      "drain.watch": (_input, signal) => drains.watch(signal),
      "secret.reveal": ({ target, key }, signal) =>
        connections.use(target.context, (client) => revealSecret(client, target, key, signal)),
      "copy.from": ({ target, container, path }, signal) =>
        streaming(target.context, (client) => copyFrom(client, { target, container }, path, signal)),
      "copy.open": async ({ target, container, folder }, signal) => ({
        id: await uploads.begin({ target, container }, folder, signal),
      }),
      "copy.file": async ({ id, path, bytes, modifiedAt }) => {
        await uploads.file(id, path, bytes, modifiedAt);
        return {};
      },
      "copy.chunk": async ({ id, base64 }) => {
        await uploads.chunk(id, Buffer.from(base64, "base64"));
        return {};
      },
      "copy.close": ({ id, keep }) => uploads.end(id, keep),
      "debug.node": (request, signal) => debugPods.openNode(request, signal),
      "debug.container": (request, signal) =>
        connections.use(request.target.context, async (client) => ({
          container: await addEphemeral(client, request, signal),
        })),
      "debug.end": async ({ target }) => {
        await debugPods.end(target);
        return {};
      },
    },
    async close() {
      await Promise.all([drains.close(), uploads.close(), debugPods.close()]);
    },
  };
}
