import { at, fields, list, text } from "../../../common/json/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { Edit, Place } from "./edit.ts";

/** Web apps of Kubeflow, by what they call it; oauth2-proxy, by its option as a variable. */
const variable = /(^|_)APP_SECURE_COOKIES$|^OAUTH2_PROXY_COOKIE_SECURE$/;
/** On pod templates whose cookies' setting is in a ConfigMap: changes when it does. */
const secureAnnotation = "flowdeck.dev/secure-cookies";

/**
 * Lets every program that sets cookies set them for https, or for plain http as well: all at once, since one that differs
 * sets a cookie that the browser does not send back, and then answers that there is no CSRF cookie.
 */
export function secureCookies(edit: Edit, secure: boolean): void {
  const value = String(secure);
  const said = secure ? message("wayIn.becauseSecure") : message("wayIn.becausePlainCookies");
  for (const { component, place, object } of edit.where(isDeployment)) {
    const sources = new Set<string>();
    let changed = false;
    const containers = containersOf(object).map((container) => {
      const env = list(at(container, "env")).map((one) => {
        if (!variable.test(text(at(one, "name")) ?? "")) return one;
        const source = text(at(one, "valueFrom", "configMapKeyRef", "name"));
        if (source !== undefined) sources.add(`${source}/${text(at(one, "valueFrom", "configMapKeyRef", "key"))}`);
        if (source !== undefined || at(one, "value") === value) return one;
        changed = true;
        return { ...fields(one), value };
      });
      return at(container, "env") === undefined ? container : { ...fields(container), env };
    });
    for (const source of sources) changed = changeSource(edit, component, place, source, value) || changed;
    if (!changed) continue;
    edit.change(component, place, (deployment) => {
      const spec = fields(deployment.spec);
      const template = fields(spec.template);
      const { annotations, ...metadata } = fields(template.metadata);
      // Pods read a ConfigMap's values only when they start.
      const marked = sources.size === 0 ? fields(annotations) : { ...fields(annotations), [secureAnnotation]: value };
      deployment.spec = {
        ...spec,
        template: {
          ...template,
          metadata: Object.keys(marked).length === 0 ? metadata : { ...metadata, annotations: marked },
          spec: { ...fields(template.spec), containers },
        },
      };
    });
    edit.note(component, place, said);
  }
}

/** The ConfigMap's key that a variable comes from; false where it has that value already. */
function changeSource(edit: Edit, component: string, { namespace }: Place, source: string, value: string): boolean {
  const [name = "", key = ""] = source.split("/");
  const place = { kind: "ConfigMap", name, ...(namespace ? { namespace } : {}) };
  if (fields(edit.find(component, place).data)[key] === value) return false;
  edit.change(component, place, (config) => {
    config.data = { ...fields(config.data), [key]: value };
  });
  return true;
}

function isDeployment({ apiVersion, kind }: KubeObject): boolean {
  return apiVersion === "apps/v1" && kind === "Deployment";
}

function containersOf(deployment: KubeObject): readonly unknown[] {
  return list(at(deployment, "spec", "template", "spec", "containers"));
}
