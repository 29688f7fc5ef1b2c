import { createHmac } from "node:crypto";
import { isMap, isSeq, parseDocument } from "yaml";
import { FlowdeckError, type InstallSettings } from "../../../common/contract/index.ts";
import { fields, stringifyJson } from "../../../common/json/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { CatalogueRelease, InstallSecrets, RenderedComponent, Rendering } from "../types.ts";
import { overrideImages } from "./images.ts";
import type { Prepared } from "./prepare.ts";

/** On pod templates: changes with the secrets and the configuration that the pods read only when they start. */
export const configHashAnnotation = "flowdeck.dev/config-hash";

/**
 * Puts settings and secrets into rendered objects. Pure: the objects it is given stay as they are. Where a place that a
 * setting belongs to is not there, that is `build-failed` naming it: nothing is installed with a public password because
 * a name changed. Places of components that were not chosen are not looked for.
 */
export function customise(prepared: Prepared, settings: InstallSettings, secrets: InstallSecrets): Rendering {
  const { release } = prepared;
  const edit = new Edit(release, prepared.components);
  if (release.shape === "kubeflow") {
    if (edit.has("dex")) signIn(edit, settings, secrets);
    if (edit.has("oauth2-proxy")) gatewaySignIn(edit, secrets);
  } else if (edit.has("database")) {
    const place = { kind: "Secret", namespace: "kubeflow", name: "database" };
    edit.setSecret("database", place, { password: secrets.databasePassword });
    restartWith(edit, "database", { kind: "StatefulSet", namespace: "kubeflow", name: "database" }, [place], secrets);
  }
  if (edit.has("user-namespace")) profile(edit, settings);
  const embedded = release.embeddedImages ?? [];
  return {
    release,
    settings,
    components: edit.components.map(({ id, objects }) => ({
      id,
      objects: overrideImages(objects, settings.images, embedded),
    })),
  };
}

interface Place {
  kind: string;
  namespace?: string;
  name: string;
}

function shown(place: Place): string {
  return `${place.kind} ${place.namespace === undefined ? "" : `${place.namespace}/`}${place.name}`;
}

function missing(release: CatalogueRelease, component: string, what: string | Message): FlowdeckError {
  return new FlowdeckError(
    "build-failed",
    message("render.settingPlace", { release: release.title, component, what }),
    {
      advice: message("render.settingPlaceAdvice"),
    },
  );
}

/** The components while they are being changed, object by object. */
class Edit {
  readonly components: RenderedComponent[];
  readonly #release: CatalogueRelease;

  constructor(release: CatalogueRelease, components: readonly RenderedComponent[]) {
    this.#release = release;
    this.components = components.map(({ id, objects }) => ({ id, objects: [...objects] }));
  }

  has(component: string): boolean {
    return this.components.some(({ id }) => id === component);
  }

  find(component: string, place: Place): KubeObject {
    const found = this.#objects(component).find(
      ({ kind, metadata }) =>
        kind === place.kind && metadata.name === place.name && metadata.namespace === place.namespace,
    );
    if (found === undefined) throw missing(this.#release, component, shown(place));
    return found;
  }

  /** `how` gets a copy it may write to. */
  change(component: string, place: Place, how: (object: KubeObject) => void): void {
    const before = this.find(component, place);
    const after = structuredClone(before);
    how(after);
    const objects = this.#objects(component);
    objects[objects.indexOf(before)] = after;
  }

  /** Replaces values that are there already, in `data` (base64) or in `stringData`. */
  setSecret(component: string, place: Place, values: Readonly<Record<string, string>>): void {
    this.change(component, place, (secret) => {
      const [data, plain] = [fields(secret.data), fields(secret.stringData)];
      for (const [key, value] of Object.entries(values)) {
        if (Object.hasOwn(plain, key)) plain[key] = value;
        else if (Object.hasOwn(data, key)) data[key] = Buffer.from(value).toString("base64");
        else throw this.missing(component, message("render.keyIn", { key, object: shown(place) }));
      }
      if (secret.data !== undefined) secret.data = data;
      if (secret.stringData !== undefined) secret.stringData = plain;
    });
  }

  only(component: string, kind: string): Place {
    const found = this.#objects(component).filter((object) => object.kind === kind);
    const [first] = found;
    if (first === undefined || found.length > 1)
      throw missing(this.#release, component, message("render.single", { kind }));
    const { name, namespace } = first.metadata;
    return { kind, name, ...(namespace === undefined ? {} : { namespace }) };
  }

  missing(component: string, what: string | Message): FlowdeckError {
    return missing(this.#release, component, what);
  }

  #objects(component: string): KubeObject[] {
    return this.components.find(({ id }) => id === component)?.objects ?? [];
  }
}

const dexConfig = { kind: "ConfigMap", namespace: "auth", name: "dex" };
const dexClient = { kind: "Secret", namespace: "auth", name: "dex-oidc-client" };
const dexPasswords = { kind: "Secret", namespace: "auth", name: "dex-passwords" };

/** Dex: who may sign in, and the secret it shares with oauth2-proxy. */
function signIn(edit: Edit, settings: InstallSettings, secrets: InstallSecrets): void {
  const { passwordHash } = secrets;
  if (passwordHash === undefined || !/^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/.test(passwordHash))
    throw new FlowdeckError("settings-invalid", message("render.noPassword"), {
      advice: message("render.noPasswordAdvice"),
    });
  edit.change("dex", dexConfig, (config) => {
    const data = fields(config.data);
    const document = parseDocument(String(data["config.yaml"] ?? ""));
    const users = document.get("staticPasswords");
    const user = isSeq(users) && users.items.length === 1 ? users.items[0] : undefined;
    if (!isMap(user) || !user.has("email") || user.get("hashFromEnv") !== "DEX_USER_PASSWORD")
      throw edit.missing("dex", message("render.singlePassword", { object: shown(dexConfig) }));
    user.set("email", settings.email);
    config.data = { ...data, "config.yaml": document.toString({ lineWidth: 0 }) };
  });
  edit.setSecret("dex", dexPasswords, { DEX_USER_PASSWORD: passwordHash });
  edit.setSecret("dex", dexClient, { OIDC_CLIENT_SECRET: secrets.oauthClientSecret });
  const deployment = { kind: "Deployment", namespace: "auth", name: "dex" };
  restartWith(edit, "dex", deployment, [dexConfig, dexClient, dexPasswords], secrets);
}

/** oauth2-proxy: the client secret that Dex knows, and the key of its cookies. Its Secret's name ends in a hash. */
function gatewaySignIn(edit: Edit, secrets: InstallSecrets): void {
  const deployment = { kind: "Deployment", namespace: "oauth2-proxy", name: "oauth2-proxy" };
  const reference = stringifyJson(edit.find("oauth2-proxy", deployment));
  const name = /"key":"client-secret","name":"([^"]+)"|"name":"([^"]+)","key":"client-secret"/.exec(reference);
  const secretName = name?.[1] ?? name?.[2];
  if (secretName === undefined)
    throw edit.missing("oauth2-proxy", message("render.clientSecret", { object: shown(deployment) }));
  const place = { kind: "Secret", namespace: "oauth2-proxy", name: secretName };
  edit.setSecret("oauth2-proxy", place, {
    "client-secret": secrets.oauthClientSecret,
    "cookie-secret": secrets.oauthCookieSecret,
  });
  restartWith(edit, "oauth2-proxy", deployment, [place], secrets);
}

/** The profile: its name is the namespace that is made for the user, its owner the address they sign in with. */
function profile(edit: Edit, settings: InstallSettings): void {
  const place = edit.only("user-namespace", "Profile");
  edit.change("user-namespace", place, (object) => {
    const spec = fields(object.spec);
    const owner = fields(spec.owner);
    if (typeof owner.name !== "string")
      throw edit.missing("user-namespace", message("render.ownerIn", { object: shown(place) }));
    object.metadata = { ...object.metadata, name: settings.userNamespace };
    object.spec = { ...spec, owner: { ...owner, name: settings.email } };
  });
}

function restartWith(
  edit: Edit,
  component: string,
  workload: Place,
  places: readonly Place[],
  secrets: InstallSecrets,
): void {
  // Keyed, so that whoever may read the workload cannot try out passwords against it.
  const hash = createHmac("sha256", secrets.digestKey);
  for (const place of places) {
    const { data, stringData } = edit.find(component, place);
    hash.update(stringifyJson([shown(place), data ?? {}, stringData ?? {}]));
  }
  const digest = hash.digest("hex").slice(0, 32);
  edit.change(component, workload, (object) => {
    const spec = fields(object.spec);
    const template = fields(spec.template);
    const metadata = fields(template.metadata);
    if (!Object.hasOwn(spec, "template"))
      throw edit.missing(component, message("render.podTemplateIn", { object: shown(workload) }));
    const annotations = { ...fields(metadata.annotations), [configHashAnnotation]: digest };
    object.spec = { ...spec, template: { ...template, metadata: { ...metadata, annotations } } };
  });
}
