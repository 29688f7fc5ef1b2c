import { FlowdeckError, type InstallSettings, type SignInSettings } from "../../common/contract/index.ts";
import { at, text } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { RenderedObjects } from "./drift/rendered-objects.ts";
import { SecretValues } from "./drift/secret-values.ts";
import { InstallationFolder } from "./installation-dir/installation-dir.ts";
import type { SecretStore } from "./installation-dir/secrets.ts";
import type { Operations } from "./operations/operations.ts";
import { configHashAnnotation, Edit } from "./render/edit.ts";
import { dexDeployment, gatewaySignIn, proxyDeployment, signIn } from "./render/sign-in.ts";
import type { CatalogueRelease, InstallSecrets, RenderedComponent } from "./types.ts";

/** What is different about signing in. */
export interface RecordedChange {
  signIn: SignInSettings;
  secrets: Partial<
    Pick<InstallSecrets, "passwordHash" | "people" | "connectors" | "oauthClientSecret" | "oauthCookieSecret">
  >;
}

/** What an installation would be installed with after a change. */
interface Prepared {
  /** The hash that each Deployment's pods are marked with, so that installing again restarts nothing. */
  marks: { dex: string | undefined; proxy: string | undefined };
  write(): Promise<void>;
}

/** What KF_DIR and this computer's secrets have about signing in. The folder is locked until `close`. */
export interface SignInRecord extends AsyncDisposable {
  readonly settings: InstallSettings;
  readonly secrets: InstallSecrets;
  /** Writes nothing yet. Throws as rendering does. */
  prepare(change: RecordedChange): Prepared;
}

interface Place {
  kfDir: string;
  release: CatalogueRelease;
  secrets: SecretStore;
  operations: Operations;
  /** Values of the Secrets in the cluster: the release has some of its own, which are public. */
  values: readonly string[];
}

/**
 * Opens the record of an installation that is complete.
 * @throws FlowdeckError `not-found` where the folder has no installation, or the secrets are on another computer; `busy`
 * and `folder-in-use` while it is worked on; `settings-invalid`, `folder-unusable`.
 */
export async function openSignInRecord({
  kfDir,
  release,
  secrets: store,
  operations,
  values,
}: Place): Promise<SignInRecord> {
  const folder = new InstallationFolder(kfDir);
  operations.refuseBusy(folder.path);
  const unlock = await folder.lock();
  try {
    const stored = await folder.readSettings();
    if (stored === undefined)
      throw new FlowdeckError("not-found", message("installation.noFolder", { folder: folder.path }));
    const { id, settings } = stored;
    const secrets = await store.read(id);
    const rendered = await RenderedObjects.read(folder.path, ["dex"]);
    const proxy = await RenderedObjects.read(folder.path, ["oauth2-proxy"]);
    const components =
      secrets && restored(new SecretValues(secrets, values), { dex: rendered.all(), "oauth2-proxy": proxy.all() });
    if (secrets === undefined || components === undefined) {
      throw new FlowdeckError("not-found", message("people.secretsElsewhere", { folder: folder.path }), {
        advice: message("people.secretsElsewhereWay"),
      });
    }
    return {
      settings,
      secrets,
      prepare(change) {
        const next = { ...settings, signIn: { ...settings.signIn, ...change.signIn } };
        const after: InstallSecrets = { ...secrets, ...change.secrets };
        const edit = new Edit(release, components);
        if (edit.has("dex")) signIn(edit, next, after);
        if (edit.has("oauth2-proxy")) gatewaySignIn(edit, after);
        const mark = (component: string, place: typeof dexDeployment) =>
          edit.has(component) ? markOf(edit.find(component, place)) : undefined;
        return {
          marks: { dex: mark("dex", dexDeployment), proxy: mark("oauth2-proxy", proxyDeployment) },
          async write() {
            // The secrets first: files whose digests are of values that are nowhere could not be compared any more.
            await store.replace(id, after);
            await folder.writeSettings(next);
            await folder.rewriteRendered(edit.components, after);
          },
        };
      },
      [Symbol.asyncDispose]: unlock,
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** The components as they were rendered; undefined where a secret value is not on this computer. */
function restored(
  values: SecretValues,
  files: Readonly<Record<string, readonly KubeObject[]>>,
): RenderedComponent[] | undefined {
  const components: RenderedComponent[] = [];
  for (const [id, objects] of Object.entries(files)) {
    if (objects.length === 0) continue;
    const whole = objects.map((object) => values.rendered(object));
    if (whole.some((object) => object === undefined)) return undefined;
    components.push({ id, objects: whole.filter((object) => object !== undefined) });
  }
  return components;
}

function markOf(deployment: KubeObject): string | undefined {
  return text(at(deployment, "spec", "template", "metadata", "annotations", configHashAnnotation));
}
