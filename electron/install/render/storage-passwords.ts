import { createHmac } from "node:crypto";
import type { InstallSettings } from "../../../common/contract/index.ts";
import { at, fields, list } from "../../../common/json/index.ts";
import { message } from "../../../common/words/index.ts";
import { podInputs, podTemplateOf } from "../plan/workloads.ts";
import type { InstallSecrets } from "../types.ts";
import { type Edit, type Place, restartWith, shown } from "./edit.ts";

/** A password of a release that everyone can read in its sources, and where it is. */
interface Published {
  component: string;
  /** Of the Secret that all of its readers name, and the key in it. */
  secret: string;
  key: string;
  /** The volume that keeps it: whatever started there first has set it. Absent: it is set again at each start. */
  claim?: string;
  /** The MySQL server that the release starts without any password. */
  openServer?: string;
  /** Hub's have been replaced from its first release on, with the key that all installations have. */
  always?: boolean;
}

const published: readonly Published[] = [
  {
    component: "pipelines",
    secret: "mysql-secret",
    key: "password",
    claim: "mysql-pv-claim",
    openServer: "mysql",
  },
  // SeaweedFS sets the secret key of this access key whenever it starts (its postStart hook, s3.configure).
  { component: "pipelines", secret: "mlpipeline-minio-artifact", key: "secretkey" },
  { component: "katib", secret: "katib-mysql-secrets", key: "MYSQL_ROOT_PASSWORD", claim: "katib-mysql" },
  {
    component: "model-registry",
    secret: "model-registry-db-secrets",
    key: "POSTGRES_PASSWORD",
    claim: "metadata-postgres",
    always: true,
  },
  {
    component: "model-catalog",
    secret: "model-catalog-postgres",
    key: "POSTGRES_PASSWORD",
    claim: "model-catalog-postgres",
    always: true,
  },
];

/** What each of them is replaced by; undefined where the published one stays. */
function passwordFor({ component, secret, always }: Published, secrets: InstallSecrets): string | undefined {
  const derive = (key: string, of: string) => createHmac("sha256", key).update(`password of ${of}`);
  if (always) return derive(secrets.digestKey, component).digest("base64url");
  if (secrets.storageKey === undefined) return undefined;
  // Plain letters and digits: some of its readers put it into a shell's command or a connection string.
  return derive(secrets.storageKey, secret).digest("hex").slice(0, 40);
}

/** All passwords that {@link ownPasswords} gives an installation with these secrets. */
export function passwordsOf(secrets: InstallSecrets): string[] {
  return published.map((one) => passwordFor(one, secrets)).filter((password) => password !== undefined);
}

/** The claims, by component, whose volume has to have this installation's password. */
export function claimsWithPassword(
  settings: Pick<InstallSettings, "storagePasswords">,
  secrets: InstallSecrets,
): { component: string; claim: string }[] {
  if (settings.storagePasswords === "published") return [];
  return published.flatMap((one) => {
    const { component, claim } = one;
    return claim !== undefined && passwordFor(one, secrets) !== undefined ? [{ component, claim }] : [];
  });
}

/**
 * Gives each database and the object store a password of this installation, in the Secret that all of their readers name.
 * It is derived from a key of the installation, so that it stays the same when the installation is rendered again, and
 * none of them tells another. Pods that read it when they start are started again when it changes.
 *
 * Where the published passwords stay, because the installation was made with them, the plan says so.
 */
export function ownPasswords(
  edit: Edit,
  { storagePasswords }: Pick<InstallSettings, "storagePasswords">,
  secrets: InstallSecrets,
): void {
  const read = new Map<string, { component: string; reader: Place; places: Place[] }>();
  for (const one of published) {
    const { component, secret, key, openServer } = one;
    if (!edit.has(component)) continue;
    const place = edit.named(component, "Secret", secret);
    const password = storagePasswords === "published" ? undefined : passwordFor(one, secrets);
    if (password === undefined) {
      edit.note(component, place, message("render.publishedPassword"));
      continue;
    }
    edit.setSecret(component, place, { [key]: password });
    if (openServer !== undefined) closeServer(edit, component, openServer, { secret, key });
    for (const { place: reader } of edit.where((object) => reads(object, place))) {
      const known = read.get(shown(reader)) ?? { component, reader, places: [] };
      known.places.push(place);
      read.set(shown(reader), known);
    }
  }
  for (const { component, reader, places } of read.values()) restartWith(edit, component, reader, places, secrets);
}

function reads(object: Parameters<Parameters<Edit["where"]>[0]>[0], { namespace, name }: Place): boolean {
  if (object.metadata.namespace !== namespace) return false;
  const template = podTemplateOf(object);
  return podInputs(template?.spec).some((input) => input.kind === "Secret" && input.name === name);
}

/**
 * Makes a MySQL server ask for the password that its clients have. The image sets it when its volume is empty.
 * https://hub.docker.com/_/mysql (MYSQL_ROOT_PASSWORD)
 */
function closeServer(edit: Edit, component: string, name: string, from: { secret: string; key: string }): void {
  const place = edit.named(component, "Deployment", name);
  const open = "MYSQL_ALLOW_EMPTY_PASSWORD";
  let closed = 0;
  edit.change(component, place, (deployment) => {
    const spec = fields(deployment.spec);
    const template = fields(spec.template);
    const pod = fields(template.spec);
    const containers = list(pod.containers).map((container) => ({
      ...fields(container),
      env: list(at(container, "env")).map((variable) => {
        if (at(variable, "name") !== open) return variable;
        closed += 1;
        const secretKeyRef = { name: from.secret, key: from.key };
        return { name: "MYSQL_ROOT_PASSWORD", valueFrom: { secretKeyRef } };
      }),
    }));
    deployment.spec = { ...spec, template: { ...template, spec: { ...pod, containers } } };
  });
  if (closed !== 1) throw edit.missing(component, `${open} (${shown(place)})`);
}
