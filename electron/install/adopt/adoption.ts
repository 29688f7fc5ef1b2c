import { randomBytes } from "node:crypto";
import { Latest } from "../../../common/async/index.ts";
import {
  type Adoption,
  type ContextId,
  FlowdeckError,
  type InstallSettings,
  type InstallStatus,
} from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { ClusterConnections } from "../../cluster/index.ts";
import { drivenRelease, type Releases } from "../drivers/driven-release.ts";
import { clusterUid } from "../installation-dir/cluster-guard.ts";
import { InstallationFolder, kfDirOf } from "../installation-dir/installation-dir.ts";
import { planningSecrets } from "../installation-dir/secrets.ts";
import type { OperationRequest } from "../operations/operation.ts";
import { writeOverlay } from "../overlay/overlay-file.ts";
import { renderPlan } from "../plan/render-plan.ts";
import { type Compared, compareWithCluster } from "./compare.ts";

export interface AdoptionOptions {
  connections: ClusterConnections;
  releases: Releases;
  begin: (request: OperationRequest) => Promise<InstallStatus>;
}

export interface AdoptionRequest {
  context: ContextId;
  settings: InstallSettings;
}

interface Told {
  fraction: number;
  said?: Message;
  adoption?: Adoption;
}

type Tell = (fraction: number, said?: Message) => void;

/** Takes a Kubeflow that something else installed into a folder, without changing it. */
export class AdoptInstalled {
  readonly #options: AdoptionOptions;

  constructor(options: AdoptionOptions) {
    this.#options = options;
  }

  /**
   * Compares a release with what is there; with `recognise`, each release of the catalogue that renders without a file,
   * and gives the one that fits best. Changes nothing.
   * @throws FlowdeckError `not-allowed` where the folder is an installation's already, `not-found` where nothing of the
   * release is there, and what rendering and the cluster throw.
   */
  async compare(
    { context, settings, recognise }: AdoptionRequest & { recognise: boolean },
    tell: Tell,
    signal: AbortSignal,
  ): Promise<Adoption> {
    if (!recognise) return (await this.#compare({ context, settings }, tell, signal)).adoption;
    const all = (await this.#options.releases.catalogue.all()).filter(({ shape }) => shape !== "kfdef");
    let best: Adoption | undefined;
    let failure: unknown;
    for (const [index, { id }] of all.entries()) {
      const part: Tell = (fraction, said) => tell((index + fraction) / all.length, said);
      try {
        const request = { context, settings: { ...settings, release: id } };
        const { adoption } = await this.#compare(request, part, signal);
        if (best === undefined || adoption.likeness > best.likeness) best = adoption;
      } catch (error) {
        signal.throwIfAborted();
        failure ??= error;
      }
    }
    if (best === undefined) throw failure;
    return best;
  }

  /** {@link compare}, told as it goes; the last item has the outcome. */
  async *watch(
    request: AdoptionRequest & { recognise: boolean },
    signal: AbortSignal,
  ): AsyncGenerator<Told, void, void> {
    const told = new Latest<Told>({ fraction: 0 });
    const over = new AbortController();
    const tell: Tell = (fraction, said) => told.set({ fraction, ...(said ? { said } : {}) });
    const comparing = this.compare(request, tell, signal).finally(() => over.abort());
    // Its failure is thrown below.
    comparing.catch(() => undefined);
    yield* told.watch(AbortSignal.any([signal, over.signal]));
    yield { fraction: 1, adoption: await comparing };
  }

  /** Writes the folder as {@link compare} gave it, and begins to label the objects. */
  async take(
    { context, settings, digest }: AdoptionRequest & { digest: string },
    signal: AbortSignal,
  ): Promise<InstallStatus> {
    const { adoption, compared } = await this.#compare({ context, settings }, () => undefined, signal);
    if (adoption.digest !== digest)
      throw new FlowdeckError("plan-stale", message("adopt.stale"), { advice: message("adopt.staleWay") });
    const kfDir = kfDirOf(settings);
    const folder = new InstallationFolder(kfDir);
    await folder.create();
    const unlock = await folder.lock();
    try {
      await writeOverlay(folder.path, compared.overlay);
      await folder.writeSettings(adoption.settings);
    } finally {
      await unlock();
    }
    // Nobody signs in with it: how people sign in is left as it is.
    const password = randomBytes(24).toString("base64url");
    return this.#options.begin({
      ...{ activity: "install", kfDir, context, settings: adoption.settings, password, takeOver: true },
    });
  }

  async #compare(
    { context, settings: { adopted: _adopted, ...asked } }: AdoptionRequest,
    tell: Tell,
    signal: AbortSignal,
  ): Promise<{ adoption: Adoption; compared: Compared }> {
    const { connections, releases } = this.#options;
    const kfDir = kfDirOf(asked);
    const folder = new InstallationFolder(kfDir);
    await folder.refuseLinks();
    if ((await folder.readSettings()) !== undefined)
      throw new FlowdeckError("not-allowed", message("adopt.folderUsed", { folder: kfDir }), {
        advice: message("adopt.folderUsedWay"),
      });
    const catalogued = await releases.catalogue.get(asked.release);
    const components = catalogued.components.map(({ id }) => id);
    const driven = await drivenRelease(releases, { ...asked, components });
    const client = await connections.client(context);
    try {
      const secrets = await planningSecrets(undefined, asked.signIn);
      const rendered = await renderPlan(driven, {
        ...{
          kfDir,
          client,
          secrets,
          signal,
          planning: true,
          haveSecrets: true,
          values: {},
          adopt: false,
          installation: "planned",
        },
        cluster: await clusterUid(client),
        onProgress: (step, fraction, said) => tell(fraction * (step === "plan" ? 0.6 : 0.5), said),
        onMessage: () => undefined,
      });
      tell(0.7, message("adopt.comparing"));
      const compared = await compareWithCluster(client, rendered, secrets, signal);
      if (compared.objects === 0)
        throw new FlowdeckError("not-found", message("adopt.nothing", { release: rendered.title }));
      const there = new Set(compared.components);
      const settings = {
        ...driven.settings,
        components: components.filter((id) => there.has(id)),
        adopted: true as const,
      };
      const { overlay: _overlay, components: _components, ...told } = compared;
      return { compared, adoption: { release: settings.release, title: rendered.title, settings, ...told } };
    } finally {
      await client.close();
    }
  }
}
