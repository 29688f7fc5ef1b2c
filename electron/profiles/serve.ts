import type { ContextId, profilesContract } from "../../common/contract/index.ts";
import type { ClusterClient, ClusterConnections } from "../cluster/index.ts";
import type { Served } from "../host/index.ts";
import { createProfile, deleteProfile, setOwner, setQuota } from "./changes.ts";
import { applyClass, planClass } from "./class-run.ts";
import { contentsOf } from "./contents.ts";
import { detailsOf, leave } from "./details.ts";
import { createPodDefault, deletePodDefault } from "./pod-defaults.ts";
import { readExisting } from "./read-profiles.ts";
import { share, unshare } from "./sharing.ts";
import { watchProfiles } from "./watch-profiles.ts";

/** Kubeflow's profiles, behind the contract. */
export function serveProfiles({ connections }: { connections: ClusterConnections }): Served<typeof profilesContract> {
  const use = <T>(context: ContextId, work: (client: ClusterClient) => Promise<T>) => connections.use(context, work);
  return {
    methods: {
      "profiles.watch": (input, signal) => watchProfiles({ connections }, input, signal),
      "profiles.create": async ({ context, profile: name, owner, hard, dryRun }, signal) => {
        await use(context, (client) => createProfile(client, { name, owner, hard }, { dryRun, signal }));
        return {};
      },
      "profiles.share": ({ context, ...membership }, signal) =>
        use(context, (client) => share(client, membership, signal)),
      "profiles.unshare": async ({ context, ...membership }, signal) => ({
        removed: await use(context, (client) => unshare(client, membership, signal)),
      }),
      "profiles.leave": ({ context, profile }, signal) => use(context, (client) => leave(client, profile, signal)),
      "profiles.details": ({ context, profile }, signal) =>
        use(context, (client) => detailsOf(client, profile, signal)),
      "profiles.createPodDefault": async ({ context, profile: namespace, ...asked }, signal) => {
        await use(context, (client) => createPodDefault(client, { namespace, ...asked }, signal));
        return {};
      },
      "profiles.deletePodDefault": async ({ context, profile: namespace, name }, signal) => {
        await use(context, (client) => deletePodDefault(client, { namespace, name }, signal));
        return {};
      },
      "profiles.setOwner": ({ context, profile: name, owner }, signal) =>
        use(context, (client) => setOwner(client, { name, owner }, signal)),
      "profiles.setQuota": ({ context, profile: name, hard }, signal) =>
        use(context, (client) => setQuota(client, { name, hard }, signal)),
      "profiles.contents": ({ context, profile }, signal) =>
        use(context, (client) => contentsOf(client, profile, signal)),
      "profiles.delete": async ({ context, profile: name, confirm }, signal) => {
        await use(context, (client) => deleteProfile(client, { name, confirm }, signal));
        return {};
      },
      "profiles.plan": ({ context, text }, signal) =>
        use(context, async (client) => planClass(text, await readExisting(client, signal))),
      "profiles.apply": (input, signal) => applyClass(connections, input, signal),
    },
  };
}
