import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { latest } from "../../../common/async/index.ts";
import {
  type AccessPlan,
  type AccessProgress,
  type AccessSettings,
  type ContextId,
  FlowdeckError,
  type GivenCertificate,
  toAppError,
} from "../../../common/contract/index.ts";
import { canonicalJson } from "../../../common/json/index.ts";
import { message } from "../../../common/words/index.ts";
import type { ClusterClient, ClusterConnections } from "../../cluster/index.ts";
import { RenderedObjects } from "../drift/rendered-objects.ts";
import { SecretValues } from "../drift/secret-values.ts";
import { drivenRelease, type Releases } from "../drivers/driven-release.ts";
import { clusterUid, refuseOtherCluster } from "../installation-dir/cluster-guard.ts";
import { InstallationFolder } from "../installation-dir/installation-dir.ts";
import { readJournal } from "../installation-dir/journal.ts";
import { redact } from "../installation-dir/redact.ts";
import type { SecretStore } from "../installation-dir/secrets.ts";
import { refOf } from "../objects.ts";
import type { Operations } from "../operations/operations.ts";
import type { RenderedComponent } from "../types.ts";
import { changedObjects, kindsOfAccess } from "./changed-objects.ts";
import { certified } from "./given-certificate.ts";
import { ObjectChanges } from "./object-changes.ts";
import { recordChanges } from "./record-changes.ts";
import type { WantedAccess } from "./wanted-access.ts";

export interface AccessRequest {
  kfDir: string;
  context: ContextId;
  access: AccessSettings;
  certificate?: GivenCertificate | undefined;
}

export interface InstalledAccessOptions {
  connections: ClusterConnections;
  secrets: SecretStore;
  operations: Operations;
  releases: Releases;
}

type Told = (progress: Pick<AccessProgress, "step"> & Partial<AccessProgress>) => void;

/** Changes how an installation is reached: what is shown first, exactly that is done, and the folder says so then. */
export class InstalledAccess {
  readonly #options: InstalledAccessOptions;

  constructor(options: InstalledAccessOptions) {
    this.#options = options;
  }

  /**
   * What would change in the cluster, as the API server says it. Changes nothing.
   * @throws FlowdeckError `invalid-input` for a certificate that can't be used, `not-allowed` for a KfDef, what the folder and
   * the cluster throw, and why an object would be rejected.
   */
  async plan(request: AccessRequest, signal: AbortSignal): Promise<AccessPlan> {
    return this.#with(request, async (wanted, client) => {
      const tried = await new ObjectChanges(client, wanted, signal).tryAll();
      return { digest: wanted.digest, changes: tried, warnings: wanted.warnings };
    });
  }

  /** Does what was shown; what fails or is cancelled before the folder says so is set back. Never rejects. */
  async *apply(
    request: AccessRequest & { digest: string },
    signal: AbortSignal,
  ): AsyncGenerator<AccessProgress, void, void> {
    let progress: AccessProgress = { state: "running", step: "check", done: 0, all: 0, changed: false };
    const listeners = new Set<() => void>();
    const tell: Told = (change) => {
      progress = { ...progress, ...change };
      for (const listener of listeners) listener();
    };
    const work = this.#apply(request, signal, tell).then(
      (error) => tell({ ...progress, state: "done", ...(error ? { error } : {}) }),
      (error: unknown) => {
        const state = signal.aborted ? "cancelled" : "failed";
        tell({ ...progress, state, error: toAppError(error) });
      },
    );
    try {
      const onChange = (listener: () => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      };
      const { signal: never } = new AbortController();
      const last = ({ state }: AccessProgress) => state !== "running";
      yield* latest({ read: () => progress, onChange, everyMs: 50, signal: never, last });
    } finally {
      // Whoever watched may have left: what was begun is finished or set back all the same.
      await work;
    }
  }

  /** The certificate that was given for an installation, without its key; undefined where none is stored here. */
  async storedCertificate(id: string): Promise<string | undefined> {
    return (await this.#options.secrets.read(id))?.tlsCertificate;
  }

  async #apply(request: AccessRequest & { digest: string }, signal: AbortSignal, tell: Told) {
    const folder = new InstallationFolder(resolve(request.kfDir));
    await using held = new AsyncDisposableStack();
    this.#options.operations.refuseBusy(folder.path);
    held.defer(await folder.lock());
    return this.#with(request, async (wanted, client) => {
      if (wanted.digest !== request.digest)
        throw new FlowdeckError("plan-stale", message("wayIn.changed"), { advice: message("wayIn.changedWay") });
      const changes = new ObjectChanges(client, wanted, signal);
      const all = wanted.objects.length;
      tell({ step: "try", all });
      await changes.tryAll();
      tell({ step: "apply" });
      const applied = await changes
        .applyAll((done) => tell({ step: "apply", done }))
        .catch(async (error: unknown) => {
          tell({ step: "undo" });
          throw await changes.undo(error);
        });
      const restarts = applied.flatMap(({ change: { after } }) => (after?.kind === "Deployment" ? refOf(after) : []));
      tell({ step: "record", done: all, changed: true, restarts });
      try {
        const { secrets: store } = this.#options;
        await recordChanges({ folder, store, wanted, applied });
        return undefined;
      } catch (cause) {
        const said = message("wayIn.notRecorded", { folder: folder.path });
        const advice = message("wayIn.notRecordedWay");
        return new FlowdeckError("folder-unusable", said, { advice, cause }).toJSON();
      }
    });
  }

  async #with<T>(
    request: AccessRequest,
    work: (wanted: WantedAccess, client: ClusterClient) => Promise<T>,
  ): Promise<T> {
    const client = await this.#options.connections.client(request.context);
    try {
      return await work(await this.#wanted(request, client), client);
    } finally {
      await client.close();
    }
  }

  async #wanted(request: AccessRequest, client: ClusterClient): Promise<WantedAccess> {
    const { connections: _connections, secrets: store, releases } = this.#options;
    const kfDir = resolve(request.kfDir);
    const [stored, journal] = await Promise.all([new InstallationFolder(kfDir).readSettings(), readJournal(kfDir)]);
    if (!stored || !journal?.install)
      throw new FlowdeckError("not-found", message("installation.noFolder", { folder: kfDir }));
    const { release, settings } = await drivenRelease(releases, stored.settings);
    if (release.shape === "kfdef")
      throw new FlowdeckError("not-allowed", message("wayIn.kfDefFixed"), { advice: message("wayIn.kfDefFixedWay") });
    refuseOtherCluster(kfDir, journal, await clusterUid(client), { activity: "uninstall", settings });
    const { access, certificate, warnings } = await certified(request.access, request.certificate);
    const known = await store.ensure(stored.id);
    const secrets = certificate
      ? { ...known, tlsCertificate: certificate.certificate, tlsKey: certificate.key }
      : known;
    const rendered = await RenderedObjects.read(kfDir, Object.keys(journal.titles));
    const components = new Map<string, RenderedComponent>();
    for (const { ref, component } of journal.objects.values()) {
      const object = kindsOfAccess.has(ref.kind) ? rendered.get(ref) : undefined;
      if (object === undefined) continue;
      const known = components.get(component) ?? { id: component, objects: [] };
      known.objects.push(object);
      components.set(component, known);
    }
    const objects = changedObjects(release, [...components.values()], access, secrets);
    const shown = objects.map(({ before, after }) => [before, after && redact([after], secrets)[0]]);
    return {
      digest: createHash("sha256")
        .update(canonicalJson([access, shown]))
        .digest("hex"),
      ...{ objects, access, settings, secrets, journal, warnings, installation: stored.id },
      ...(certificate ? { certificate } : {}),
      scaled: rendered.scaled,
      values: new SecretValues(secrets),
    };
  }
}
