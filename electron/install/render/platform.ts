import { fields, list, text } from "../../../common/json/index.ts";
import { isPublicIssuer } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { isWebhookConfiguration } from "../plan/webhooks.ts";
import type { CatalogueRelease, ClusterPlatform, RenderedComponent } from "../types.ts";
import { type Edit, shown } from "./edit.ts";

/** https://learn.microsoft.com/azure/aks/faq: without it AKS adds a namespaceSelector to each webhook, again and again. */
const enforcer = "admissions.enforcer/disabled";
const tokenIssuer = { kind: "RequestAuthentication", namespace: "istio-system", name: "m2m-token-issuer" };

/** A release as it is built on a platform. */
export interface ReleaseOnPlatform {
  release: CatalogueRelease;
  /** What is built from other folders than usual, and why. */
  changes: { component: string; said: Message }[];
}

/** The release with the folders for this platform in place of the usual ones. Pure. */
export function releaseOn(release: CatalogueRelease, platform: ClusterPlatform): ReleaseOnPlatform {
  const changes: { component: string; said: Message }[] = [];
  const components = release.components.map((component) => {
    const { id, title } = component;
    const variant = component.variants?.find(({ on }) => on.includes(platform.id));
    if (variant === undefined) return component;
    const issuer = variant.issuer === true ? publicIssuer(platform) : undefined;
    if (variant.issuer === true && issuer === undefined) {
      changes.push({ component: id, said: message("clusterPlatform.noIssuer", { name: title }) });
      return component;
    }
    const paths = variant.paths.filter((path) => !component.paths.includes(path)).join(", ");
    const said =
      issuer === undefined
        ? message("clusterPlatform.folder", { name: title, paths, because: variant.because })
        : message("clusterPlatform.folderIssuer", { name: title, paths, because: variant.because, issuer });
    changes.push({ component: id, said });
    return { ...component, paths: variant.paths };
  });
  return { release: { ...release, components }, changes };
}

function publicIssuer({ issuer }: ClusterPlatform): string | undefined {
  return issuer !== undefined && isPublicIssuer(issuer) ? issuer : undefined;
}

/**
 * Puts the cluster's own token issuer where the release has a placeholder or another cluster's, and leaves HTTPS to the
 * setting that makes the gateway serve it: a sign-in whose cookies need HTTPS never ends over plain HTTP.
 */
export function setTokenIssuer(edit: Edit, { issuer }: ClusterPlatform): void {
  const component = "oauth2-proxy";
  const objects = edit.components.find(({ id }) => id === component)?.objects ?? [];
  if (!objects.some(({ kind, metadata }) => kind === tokenIssuer.kind && metadata.name === tokenIssuer.name)) return;
  if (issuer !== undefined)
    edit.change(component, tokenIssuer, (object) => {
      const spec = fields(object.spec);
      const [first, ...others] = list(spec.jwtRules).map(fields);
      if (first === undefined)
        throw edit.missing(component, message("render.issuerIn", { object: shown(tokenIssuer) }));
      if ([first, ...others].some((rule) => text(rule.issuer) === issuer)) return;
      object.spec = { ...spec, jwtRules: [{ ...first, issuer }, ...others] };
    });
  for (const { kind, metadata, data } of objects) {
    if (kind !== "ConfigMap" || fields(data).FORCE_HTTPS !== "true") continue;
    edit.change(component, { kind, name: metadata.name, namespace: metadata.namespace ?? "" }, (object) => {
      object.data = { ...fields(object.data), FORCE_HTTPS: "false" };
    });
  }
}

/** The webhooks as this platform leaves them alone, and how many were changed. Pure. */
export function protectWebhooks<T extends RenderedComponent>(
  components: readonly T[],
  platform: ClusterPlatform,
): { components: T[]; changes: Message[] } {
  if (platform.id !== "aks") return { components: [...components], changes: [] };
  let count = 0;
  const changed = components.map((component) => ({
    ...component,
    objects: component.objects.map((object) => {
      if (!isWebhookConfiguration(object)) return object;
      count += 1;
      const annotations = { ...object.metadata.annotations, [enforcer]: "true" };
      return { ...object, metadata: { ...object.metadata, annotations } };
    }),
  }));
  const changes = count === 0 ? [] : [message("clusterPlatform.enforcer", { count, annotation: enforcer })];
  return { components: changed, changes };
}
