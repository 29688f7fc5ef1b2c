import { FlowdeckError, type InstallSettings } from "../../../common/contract/index.ts";
import { at, fields, list } from "../../../common/json/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { CatalogueRelease, RenderedComponent } from "../types.ts";
import type { Edit } from "./edit.ts";

/** What a sign-in is made of; the gateway's policies that ask for one are among the proxy's objects. */
const signInComponents = ["dex", "oauth2-proxy"];

/** Whether no one signs in, though the release has a sign-in. */
export function isWithoutSignIn({ shape, signIn }: CatalogueRelease, { auth }: InstallSettings): boolean {
  return shape === "kubeflow" && signIn && auth === "standard";
}

export function withoutSignIn(components: readonly RenderedComponent[]): RenderedComponent[] {
  return components.filter(({ id }) => !signInComponents.includes(id));
}

const filter = { kind: "EnvoyFilter", namespace: "istio-system", name: "flowdeck-everyone-is" };

/** Text that means itself between quotation marks in Lua, too. */
const plainAddress = /^[A-Za-z0-9._'+-]+@[A-Za-z0-9.-]+$/;

/**
 * Makes everyone who reaches the gateway the same person, as Kubeflow 1.0 does without Dex: its gateway sets the header that
 * all of Kubeflow reads. A header that a request brings along is replaced.
 * https://istio.io/latest/docs/reference/config/networking/envoy-filter/
 * @throws FlowdeckError `settings-invalid` for an address that can't be written into the filter.
 */
export function everyoneIs(edit: Edit, email: string): void {
  if (!edit.has("istio")) return;
  if (!plainAddress.test(email))
    throw new FlowdeckError("settings-invalid", message("profile.userNotAddress", { user: email }));
  const script = [
    "function envoy_on_request(handle)",
    `  handle:headers():replace("kubeflow-userid", "${email}")`,
    '  handle:headers():remove("kubeflow-groups")',
    "end",
    "",
  ].join("\n");
  const lua = "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua";
  const router = {
    name: "envoy.filters.network.http_connection_manager",
    subFilter: { name: "envoy.filters.http.router" },
  };
  edit.add("istio", {
    apiVersion: "networking.istio.io/v1alpha3",
    kind: filter.kind,
    metadata: { name: filter.name, namespace: filter.namespace },
    spec: {
      workloadSelector: { labels: { app: "istio-ingressgateway" } },
      configPatches: [
        {
          applyTo: "HTTP_FILTER",
          match: { context: "GATEWAY", listener: { filterChain: { filter: router } } },
          patch: {
            operation: "INSERT_BEFORE",
            value: {
              name: "envoy.filters.http.lua",
              typed_config: { "@type": lua, default_source_code: { inline_string: script } },
            },
          },
        },
      ],
    },
  });
  edit.note("istio", filter, message("people.everyoneIs", { email }));
  withoutSignOut(edit);
}

/** The dashboard's button to sign out leads to oauth2-proxy, which is not there. */
function withoutSignOut(edit: Edit): void {
  const dashboards = edit.where(
    (object) => object.kind === "Deployment" && JSON.stringify(object).includes('"LOGOUT_URL"'),
  );
  for (const { component, place } of dashboards) edit.change(component, place, withOwnSignOut);
}

function withOwnSignOut(deployment: KubeObject): void {
  const spec = fields(deployment.spec);
  const template = fields(spec.template);
  const pod = fields(template.spec);
  const containers = list(pod.containers).map((container) => ({
    ...fields(container),
    env: list(at(container, "env")).map((one) =>
      at(one, "name") === "LOGOUT_URL" ? { name: "LOGOUT_URL", value: "/" } : one,
    ),
  }));
  deployment.spec = { ...spec, template: { ...template, spec: { ...pod, containers } } };
}
