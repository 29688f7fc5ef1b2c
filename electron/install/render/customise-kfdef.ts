import { createHmac } from "node:crypto";
import { isMap, isSeq, parseDocument } from "yaml";
import { type AppError, FlowdeckError, fixOf, type InstallSettings } from "../../../common/contract/index.ts";
import { fields, list, text } from "../../../common/json/index.ts";
import { atDeployment, atPodVolume, isKind } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { InstallSecrets, RenderedComponent } from "../types.ts";
import { configHashAnnotation } from "./edit.ts";

/** bcrypt hashes in Kubeflow's manifests whose passwords everybody knows: of 12341234 and of "password". */
const publicHashes: ReadonlySet<string> = new Set([
  "$2y$12$ruoM7FqXrpVgaol44eRZW.4HWS8SAvg6KYVVSCIwKQPBmTpCm.EeO",
  "$2a$10$2b2cU8CPhOTaGrs1HRQuAueS7JTT5ZHsHSzYiFPm1leZck7Mc8T4W",
]);

/** The secret that Dex and the sign-in in front of Kubeflow share, as v1.0 to v1.2 publish it. */
const publicClientSecret = "pUBnBOY80SnXgjibTYM9ZWNzY2xreNGQok";

/**
 * Puts the sign-in into the applications of a KfDef that brings Dex: the chosen e-mail address and password in place of
 * the file's, and a client secret of this installation in place of the public one. They go into the objects and not
 * into KF_DIR's params.env, so that no hash lies there. Without a chosen password the file's stays, with a warning when
 * everybody knows it. Pure: the objects it is given stay as they are.
 */
export function customiseKfDef<T extends RenderedComponent>(
  components: readonly T[],
  settings: Pick<InstallSettings, "auth" | "email">,
  secrets: InstallSecrets,
): { components: T[]; warnings: AppError[] } {
  const chosen = settings.auth === "dex" ? { email: settings.email, hash: secrets.passwordHash } : {};
  const warnings: AppError[] = [];
  const configs = new Map<string, string>();
  const change = (object: KubeObject): KubeObject => {
    if (!isKind(object, "/ConfigMap")) return object;
    const data = fields(object.data);
    const config = text(data["config.yaml"]);
    const signIn = config === undefined ? undefined : staticUser(config, chosen);
    if (signIn !== undefined) {
      if (publicHashes.has(signIn.hash)) warnings.push(publicPassword(signIn.email));
      configs.set(placeOf(object), signIn.config);
      return { ...object, data: { ...data, "config.yaml": signIn.config } };
    }
    if (text(data.static_password_hash) === undefined) return object;
    const email = chosen.email === undefined ? {} : { static_email: chosen.email };
    const hash = chosen.hash === undefined ? {} : { static_password_hash: chosen.hash };
    return { ...object, data: { ...data, ...email, ...hash } };
  };
  const changed = components.map((component) => ({
    ...component,
    objects: component.objects.map((object) => withOwnSecret(change(object), secrets) as KubeObject),
  }));
  if (configs.size === 0) return { components: [...components], warnings };
  return {
    components: changed.map((component) => ({
      ...component,
      objects: component.objects.map((object) => restartedWith(object, configs, secrets)),
    })),
    warnings,
  };
}

function placeOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}

/** Dex's configuration with the user put in; undefined where the text is none that names exactly one user. */
function staticUser(
  config: string,
  chosen: { email?: string; hash?: string | undefined },
): { config: string; email: string; hash: string } | undefined {
  if (!config.includes("staticPasswords")) return undefined;
  const document = parseDocument(config);
  const users = document.get("staticPasswords");
  const user = isSeq(users) && users.items.length === 1 ? users.items[0] : undefined;
  if (document.errors.length > 0 || !isMap(user) || !user.has("hash")) return undefined;
  if (chosen.email !== undefined) user.set("email", chosen.email);
  if (chosen.hash !== undefined) user.set("hash", chosen.hash);
  const email = String(user.get("email"));
  const hash = String(user.get("hash"));
  return { config: document.toString({ lineWidth: 0 }), email, hash };
}

function withOwnSecret(value: unknown, secrets: InstallSecrets): unknown {
  if (typeof value === "string") return value.replaceAll(publicClientSecret, secrets.oauthClientSecret);
  if (Array.isArray(value)) return value.map((item) => withOwnSecret(item, secrets));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withOwnSecret(inner, secrets)]));
}

/** Dex reads its configuration only when it starts. Keyed, so that nobody can try out passwords against the digest. */
function restartedWith(object: KubeObject, configs: ReadonlyMap<string, string>, secrets: InstallSecrets): KubeObject {
  if (!isKind(object, "apps/Deployment", "extensions/Deployment")) return object;
  const mounted = list(atDeployment(object, "spec", "template", "spec", "volumes"))
    .map((volume) => text(atPodVolume(volume, "configMap", "name")))
    .map((name) => configs.get(`${object.metadata.namespace ?? ""}/${name ?? ""}`))
    .filter((config) => config !== undefined);
  if (mounted.length === 0) return object;
  const digest = createHmac("sha256", secrets.digestKey).update(mounted.join("\n")).digest("hex").slice(0, 32);
  const spec = fields(object.spec);
  const template = fields(spec.template);
  const metadata = fields(template.metadata);
  const annotations = { ...fields(metadata.annotations), [configHashAnnotation]: digest };
  return { ...object, spec: { ...spec, template: { ...template, metadata: { ...metadata, annotations } } } };
}

function publicPassword(email: string): AppError {
  return new FlowdeckError("settings-invalid", message("render.publicPassword", { email }), {
    advice: message("render.publicPasswordAdvice"),
    fix: fixOf("choose-password", message("fix.choosePassword")),
  }).toJSON();
}
