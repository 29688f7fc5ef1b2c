import { fields } from "../../../common/json/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KfApplication, KfDef, KfPlugin, KfSecret } from "../types.ts";
import type { Nodes, Spot } from "./nodes.ts";
import { secretVariable } from "./secret-variable.ts";
import type { KfDefPlace } from "./types.ts";

/** What a file says, with the spots that the rules need to point at. */
export interface Read {
  kfdef: KfDef;
  spots: {
    applications: { spot: Spot; name: Spot; repo: Spot; path: Spot; overlays: Spot[]; parameters: Spot[] }[];
    plugins: { spot: Spot; spec: Spot }[];
    secrets: { spot: Spot; name: Spot; literal?: Spot }[];
    repos: { spot: Spot; name: Spot; uri: Spot }[];
    name?: Spot;
    namespace?: Spot;
  };
  places: KfDefPlace[];
}

/** Fields of metav1.ObjectMeta (Kubernetes 1.15 to 1.18, which kfctl was built with). */
const metadataFields =
  "name generateName namespace selfLink uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds labels annotations ownerReferences finalizers clusterName managedFields initializers".split(
    " ",
  );

/** The fields of a KfDef, as kfctl's types for v1 and v1beta1 have them (pkg/apis/apps/kfdef/v1/application_types.go). */
export function readKfDef(nodes: Nodes, apiVersion: KfDef["apiVersion"]): Read {
  const top = nodes.fields(nodes.root, ["apiVersion", "kind", "metadata", "spec", "status"]);
  const metadataSpot = top.get("metadata");
  const metadata = metadataSpot === undefined ? new Map<string, Spot>() : nodes.fields(metadataSpot, metadataFields);
  const specSpot = top.get("spec");
  if (specSpot === undefined || nodes.isEmpty(specSpot))
    nodes.issues.error(message("kfdef.noSpec"), "spec", nodes.root.offset);
  const spec =
    specSpot === undefined
      ? new Map<string, Spot>()
      : nodes.fields(specSpot, ["version", "applications", "plugins", "secrets", "repos"]);
  const spots: Read["spots"] = { applications: [], plugins: [], secrets: [], repos: [] };
  const name = nodes.text(metadata.get("name"));
  const namespace = nodes.text(metadata.get("namespace"));
  const clusterName = nodes.text(metadata.get("clusterName"));
  setSpot(spots, "name", metadata.get("name"));
  setSpot(spots, "namespace", metadata.get("namespace"));
  const places: KfDefPlace[] = [];
  const applications = nodes.items(spec.get("applications")).map((spot) => {
    places.push(nodes.place(spot));
    return readApplication(nodes, spot, spots);
  });
  return {
    kfdef: {
      apiVersion,
      metadata: {
        ...(name === undefined || name === "" ? {} : { name }),
        ...(namespace === undefined || namespace === "" ? {} : { namespace }),
        ...(clusterName === undefined || clusterName === "" ? {} : { clusterName }),
        labels: nodes.texts(metadata.get("labels")),
        annotations: nodes.texts(metadata.get("annotations")),
      },
      spec: {
        version: nodes.text(spec.get("version")) ?? "",
        applications,
        plugins: nodes.items(spec.get("plugins")).map((spot) => readPlugin(nodes, spot, spots)),
        secrets: nodes.items(spec.get("secrets")).map((spot) => readSecret(nodes, spot, spots)),
        repos: nodes.items(spec.get("repos")).map((spot) => readRepo(nodes, spot, spots)),
      },
      reposCache: readReposCache(nodes, top.get("status")),
    },
    spots,
    places,
  };
}

function setSpot(spots: Read["spots"], field: "name" | "namespace", spot: Spot | undefined): void {
  if (spot !== undefined) spots[field] = spot;
}

function readApplication(nodes: Nodes, spot: Spot, spots: Read["spots"]): KfApplication {
  const own = nodes.fields(spot, ["name", "kustomizeConfig"]);
  const name = nodes.needed(own.get("name"), spot, "name");
  const configSpot = own.get("kustomizeConfig");
  if (configSpot === undefined || nodes.isEmpty(configSpot))
    nodes.issues.error(message("kfdef.noKustomizeConfig"), `${spot.path}.kustomizeConfig`, spot.offset);
  const config =
    configSpot === undefined
      ? new Map<string, Spot>()
      : nodes.fields(configSpot, ["repoRef", "overlays", "parameters"]);
  const refSpot = config.get("repoRef");
  let repo = "";
  let path = "";
  const ref = refSpot === undefined ? new Map<string, Spot>() : nodes.fields(refSpot, ["name", "path"]);
  if (refSpot !== undefined && !nodes.isEmpty(refSpot)) {
    repo = nodes.needed(ref.get("name"), refSpot, "name");
    path = nodes.needed(ref.get("path"), refSpot, "path");
  } else if (configSpot !== undefined && !nodes.isEmpty(configSpot))
    nodes.issues.error(message("kfdef.noRepoRef"), `${configSpot.path}.repoRef`, (refSpot ?? configSpot).offset);
  const overlays = nodes.items(config.get("overlays"));
  const parameters = nodes.items(config.get("parameters"));
  spots.applications.push({
    spot,
    name: own.get("name") ?? spot,
    repo: ref.get("name") ?? refSpot ?? spot,
    path: ref.get("path") ?? refSpot ?? spot,
    overlays,
    parameters,
  });
  return {
    name,
    repoRef: { name: repo, path },
    overlays: overlays.map((overlay) => nodes.text(overlay) ?? ""),
    parameters: parameters.map((parameter) => {
      const pair = nodes.fields(parameter, ["name", "value"]);
      return { name: nodes.needed(pair.get("name"), parameter, "name"), value: nodes.text(pair.get("value")) ?? "" };
    }),
  };
}

function readPlugin(nodes: Nodes, spot: Spot, spots: Read["spots"]): KfPlugin {
  const own = nodes.fields(spot, ["apiVersion", "kind", "metadata", "spec"]);
  const kind = nodes.needed(own.get("kind"), spot, "kind");
  const metadata = own.get("metadata");
  const name = metadata === undefined ? undefined : nodes.text(nodes.fields(metadata, metadataFields).get("name"));
  const spec = own.get("spec") ?? { node: undefined, path: `${spot.path}.spec`, offset: spot.offset };
  nodes.fields(spec);
  spots.plugins.push({ spot, spec });
  return { kind, name: name === undefined || name === "" ? kind : name, spec: fields(nodes.value(own.get("spec"))) };
}

function readSecret(nodes: Nodes, spot: Spot, spots: Read["spots"]): KfSecret {
  const own = nodes.fields(spot, ["name", "secretSource"]);
  const name = nodes.needed(own.get("name"), spot, "name");
  const sourceSpot = own.get("secretSource");
  const source =
    sourceSpot === undefined ? new Map<string, Spot>() : nodes.fields(sourceSpot, ["literalSource", "envSource"]);
  const literal = source.get("literalSource");
  const env = source.get("envSource");
  const of = (secretSource: KfSecret["source"], value?: Spot): KfSecret => {
    spots.secrets.push({ spot, name: own.get("name") ?? spot, ...(value === undefined ? {} : { literal: value }) });
    return { name, source: secretSource };
  };
  if (literal !== undefined && !nodes.isEmpty(literal)) {
    if (env !== undefined && !nodes.isEmpty(env)) nodes.issues.error(message("kfdef.twoSources"), env.path, env.offset);
    const value = nodes.fields(literal, ["value"]).get("value");
    return of({ literal: nodes.text(value) ?? "" }, value ?? literal);
  }
  if (env !== undefined && !nodes.isEmpty(env))
    return of({ env: nodes.needed(nodes.fields(env, ["name"]).get("name"), env, "name") });
  if (sourceSpot === undefined || sourceSpot.node === undefined || nodes.isEmpty(sourceSpot))
    nodes.issues.error(message("kfdef.noSecretSource"), `${spot.path}.secretSource`, spot.offset);
  // kfctl leaves an empty source behind where it took a literal value out of the file.
  else nodes.issues.warning(message("kfdef.emptySecretSource"), sourceSpot.path, sourceSpot.offset);
  return of({ env: secretVariable(name) });
}

function readRepo(nodes: Nodes, spot: Spot, spots: Read["spots"]): { name: string; uri: string } {
  const own = nodes.fields(spot, ["name", "uri"]);
  spots.repos.push({ spot, name: own.get("name") ?? spot, uri: own.get("uri") ?? spot });
  return { name: nodes.needed(own.get("name"), spot, "name"), uri: nodes.needed(own.get("uri"), spot, "uri") };
}

function readReposCache(nodes: Nodes, status: Spot | undefined): KfDef["reposCache"] {
  if (status === undefined) return [];
  const own = nodes.fields(status, ["conditions", "reposCache"]);
  nodes.items(own.get("conditions"));
  return nodes.items(own.get("reposCache")).map((spot) => {
    const cache = nodes.fields(spot, ["name", "localPath"]);
    // kfctl writes the path with quotes as a part of it (Go's `json:",string"`).
    const localPath = (nodes.text(cache.get("localPath")) ?? "").replace(/^"(.*)"$/, "$1");
    return { name: nodes.text(cache.get("name")) ?? "", localPath };
  });
}
