import type { AccessSettings, ObjectRef } from "../../../common/contract/index.ts";
import { canonicalJson } from "../../../common/json/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { redact } from "../installation-dir/redact.ts";
import { keyOfObject, refOf } from "../objects.ts";
import { Edit } from "../render/edit.ts";
import { wayIn } from "../render/way-in.ts";
import type { CatalogueRelease, InstallSecrets, RenderedComponent } from "../types.ts";

/** What becomes of an object. */
export interface ChangedObject {
  component: string;
  /** As the folder has it, with digests in place of secret values; absent: it is created. */
  before?: KubeObject;
  /** With its secret values; absent: it is deleted. */
  after?: KubeObject;
  because: Message;
}

export function refOfChange({ before, after }: ChangedObject): ObjectRef {
  const object = after ?? before;
  if (object === undefined) throw new Error("a change is of an object");
  return refOf(object);
}

/** The kinds that a way in is made of; nothing else of an installation is looked at. */
export const kindsOfAccess: ReadonlySet<string> = new Set([
  "Service",
  "Gateway",
  "Deployment",
  "ConfigMap",
  "Secret",
  "AuthorizationPolicy",
  "NetworkPolicy",
  "Issuer",
  "Certificate",
  "Ingress",
  "HTTPRoute",
]);

/** What another way in changes in the objects of an installation: what is created, changed, and then deleted. Pure. */
export function changedObjects(
  release: CatalogueRelease,
  rendered: readonly RenderedComponent[],
  access: AccessSettings,
  secrets: InstallSecrets,
): ChangedObject[] {
  const edit = new Edit(release, rendered);
  wayIn(edit, { access, dashboard: release.dashboard, secrets });
  const reasons = new Map(
    edit.adjustments.map(({ object: { apiVersion, kind, name, namespace }, said }) => {
      const metadata = { name, ...(namespace ? { namespace } : {}) };
      return [keyOfObject({ apiVersion, kind, metadata }), said];
    }),
  );
  const before = byKey(rendered);
  const after = byKey(edit.components);
  const created: ChangedObject[] = [];
  const changed: ChangedObject[] = [];
  for (const [key, { component, object }] of after) {
    const because = reasons.get(key) ?? message("wayIn.becauseRemoved");
    const old = before.get(key);
    if (old === undefined) created.push({ component, after: object, because });
    else if (old.object !== object && canonicalJson(old.object) !== canonicalJson(redact([object], secrets)[0]))
      changed.push({ component, before: old.object, after: object, because });
  }
  const deleted = [...before]
    .filter(([key]) => !after.has(key))
    .map(([, { component, object }]) => ({ component, before: object, because: message("wayIn.becauseRemoved") }));
  return [...created, ...changed, ...deleted];
}

function byKey(components: readonly RenderedComponent[]) {
  return new Map(
    components.flatMap(({ id, objects }) =>
      objects.map((object) => [keyOfObject(object), { component: id, object }] as const),
    ),
  );
}
