import { createHmac } from "node:crypto";
import type { InstallSecrets } from "../types.ts";
import { type Edit, type Place, restartWith } from "./edit.ts";

/** The databases of Hub, whose passwords the release publishes, and the workloads that read them when they start. */
const databases: readonly { component: string; secret: string; workloads: readonly Omit<Place, "namespace">[] }[] = [
  {
    component: "model-registry",
    secret: "model-registry-db-secrets",
    workloads: [
      { kind: "Deployment", name: "model-registry-db" },
      { kind: "Deployment", name: "model-registry-deployment" },
    ],
  },
  {
    component: "model-catalog",
    secret: "model-catalog-postgres",
    workloads: [
      { kind: "StatefulSet", name: "model-catalog-postgres" },
      { kind: "Deployment", name: "model-catalog-server" },
    ],
  },
];

/**
 * Gives each database of Hub a password of its own. It is derived from the installation's key, so that it stays the same
 * when the installation is rendered again, and none of them tells another.
 */
export function hubPasswords(edit: Edit, secrets: InstallSecrets): void {
  for (const { component, secret, workloads } of databases) {
    if (!edit.has(component)) continue;
    const password = createHmac("sha256", secrets.digestKey).update(`password of ${component}`).digest("base64url");
    const place = edit.named(component, "Secret", secret);
    edit.setSecret(component, place, { POSTGRES_PASSWORD: password });
    for (const { kind, name } of workloads)
      restartWith(edit, component, edit.named(component, kind, name), [place], secrets);
  }
}
