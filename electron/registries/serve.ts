import {
  FlowdeckError,
  type registriesContract,
  type registryDeploymentContract,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { Served } from "../host/index.ts";
import type { Installer, PullSecrets } from "../install/index.ts";
import { deploymentMethods } from "./deployment/serve.ts";
import { dockerConfig, listPullSecrets, supplyProfiles, writePullSecrets } from "./pull-secrets.ts";
import type { RegistryStore } from "./registry-store.ts";
import { rotateSecrets, withCredentials } from "./rotate.ts";
import { imagesOfInstallation, imagesOfRelease, type ReleaseParts } from "./used-images.ts";
import { inspectImages, mirrorImages, signIn } from "./work.ts";

export interface RegistriesDeps extends ReleaseParts {
  connections: ClusterConnections;
  store: RegistryStore;
  /** Writes into the folders of installations what their pull secrets have now; gives a sentence on each failure. */
  recordPullSecrets: Installer["recordPullSecrets"];
}

/** What the installer takes from the registries that are connected. */
export function pullSecretsOf(store: RegistryStore): PullSecrets {
  return { config: async () => dockerConfig(await store.credentials()), supplyProfiles };
}

/** Registries, and the images in them, behind the contract. Passwords go to registries and into Secrets only. */
export function serveRegistries(
  deps: RegistriesDeps,
): Served<typeof registriesContract & typeof registryDeploymentContract> {
  const { connections, tools, store } = deps;
  return {
    methods: {
      ...deploymentMethods({ connections, tools, store }),
      "registries.list": async () => ({ registries: await store.list(), storage: store.storage }),
      "registries.check": (credentials, signal) => signIn(tools, credentials, signal),
      "registries.checkStored": async ({ host }, signal) => {
        const credentials = (await store.credentials()).find((one) => one.host === host);
        if (credentials === undefined) throw new FlowdeckError("not-found", message("registry.notConnected", { host }));
        return signIn(tools, credentials, signal);
      },
      "registries.add": async (credentials, signal) => {
        const answer = await signIn(tools, credentials, signal);
        await store.put(credentials);
        return answer;
      },
      "registries.remove": async ({ host }) => ({ removed: await store.remove(host) }),
      "images.list": async ({ release, kfDir }, signal) => {
        if (kfDir !== undefined) return { images: await imagesOfInstallation(kfDir) };
        return { images: await imagesOfRelease(deps, release ?? "26.03", signal) };
      },
      "images.inspect": async function* (input, signal) {
        yield* inspectImages(tools, { ...input, credentials: await store.credentials() }, signal);
      },
      "images.mirror": async function* (input, signal) {
        yield* mirrorImages(tools, { ...input, credentials: await store.credentials() }, signal);
      },
      "pullSecrets.rotate": async ({ context, host, username, password }, signal) => {
        const known = (await store.credentials()).find((one) => one.host === host);
        if (known === undefined) throw new FlowdeckError("not-found", message("registry.notConnected", { host }));
        const next = { ...known, password, ...(username === undefined ? {} : { username }) };
        await signIn(tools, next, signal);
        const secrets = await connections.use(context, (client) => rotateSecrets(client, next, signal));
        await store.put(next);
        const unrecorded = await deps.recordPullSecrets((config) => withCredentials(config, next));
        return { secrets, unrecorded };
      },
      "pullSecrets.list": async ({ context, name }, signal) => {
        const config = dockerConfig(await store.credentials());
        return { rows: await connections.use(context, (client) => listPullSecrets(client, { name, config }, signal)) };
      },
      "pullSecrets.write": async ({ context, name, namespaces }, signal) => {
        const config = dockerConfig(await store.credentials());
        if (config === undefined)
          throw new FlowdeckError("invalid-input", message("registry.noneConnected"), {
            advice: message("registry.noneConnectedWay"),
          });
        return connections.use(context, (client) => writePullSecrets(client, { name, config, namespaces }, signal));
      },
    },
  };
}
