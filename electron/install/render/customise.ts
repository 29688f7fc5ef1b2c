import { isMap, isSeq, parseDocument } from "yaml";
import { FlowdeckError, type InstallSettings } from "../../../common/contract/index.ts";
import { fields, stringifyJson } from "../../../common/json/index.ts";
import { message } from "../../../common/words/index.ts";
import type { ClusterPlatform, InstallSecrets, Rendering } from "../types.ts";
import { Edit, restartWith, shown } from "./edit.ts";
import { overrideImages } from "./images.ts";
import { setTokenIssuer } from "./platform.ts";
import type { Prepared } from "./prepare.ts";

/**
 * Puts settings and secrets into rendered objects. Pure: the objects it is given stay as they are. Where a place that a
 * setting belongs to is not there, that is `build-failed` naming it: nothing is installed with a public password because
 * a name changed. Places of components that were not chosen are not looked for.
 */
export function customise(
  prepared: Prepared,
  settings: InstallSettings,
  secrets: InstallSecrets,
  platform: ClusterPlatform = { id: settings.platform },
): Rendering {
  const { release } = prepared;
  const edit = new Edit(release, prepared.components);
  if (release.shape === "kubeflow") {
    if (edit.has("dex")) signIn(edit, settings, secrets);
    if (edit.has("oauth2-proxy")) gatewaySignIn(edit, secrets);
    setTokenIssuer(edit, platform);
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
