import { type Document, isMap, isSeq, type Node, type YAMLMap, YAMLSeq } from "yaml";
import { FlowdeckError, type KfDefEdit } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { pluginNamed, setPluginAuth, setPluginField } from "./plugin-edits.ts";
import { setIn } from "./yaml-set-path.ts";

/** Makes one change in a KfDef's document, in place. Throws `not-found` where what it changes is not there. */
export function applyEdit(document: Document, edit: KfDefEdit): void {
  switch (edit.type) {
    case "remove-application":
      removeApplication(document, edit.application);
      return;
    case "move-application":
      moveApplication(document, edit.application, edit.before);
      return;
    case "add-application":
      addApplication(document, edit.application);
      return;
    case "set-overlays":
      setOverlays(document, edit.application, edit.overlays);
      return;
    case "set-parameter":
      setParameter(document, edit.application, edit.name, edit.value);
      return;
    case "set-plugin-field":
      setPluginField(document, pluginNamed(document, edit.plugin), edit.path, edit.value);
      return;
    case "set-plugin-auth":
      setPluginAuth(document, pluginNamed(document, edit.plugin), edit.auth);
      return;
  }
}

function applicationsOf(document: Document): YAMLSeq {
  const found = document.getIn(["spec", "applications"]);
  if (isSeq(found)) return found;
  const made = new YAMLSeq(document.schema);
  document.setIn(["spec", "applications"], made);
  return made;
}

function indexOf(applications: YAMLSeq, name: string): number {
  const index = applications.items.findIndex((item) => isMap(item) && item.get("name") === name);
  if (index === -1) throw new FlowdeckError("not-found", message("kfdef.noApplication", { name }));
  return index;
}

function applicationNamed(document: Document, name: string): YAMLMap {
  const applications = applicationsOf(document);
  const found = applications.items[indexOf(applications, name)];
  if (!isMap(found)) throw new FlowdeckError("not-found", message("kfdef.noApplication", { name }));
  return found;
}

function removeApplication(document: Document, name: string): void {
  const applications = applicationsOf(document);
  const index = indexOf(applications, name);
  const [taken] = applications.items.splice(index, 1);
  if (index === 0) keepHeading(applications, taken);
}

/** A comment above the first line of a list belongs to the list, not to the entry that happens to stand there. */
function keepHeading(list: YAMLSeq, taken: unknown): void {
  if (isMap(taken) && typeof taken.commentBefore === "string" && list.commentBefore == null)
    list.commentBefore = taken.commentBefore;
}

function moveApplication(document: Document, name: string, before: string | undefined): void {
  if (before === name) return;
  const applications = applicationsOf(document);
  const [moved] = applications.items.splice(indexOf(applications, name), 1);
  if (moved === undefined) return;
  applications.items.splice(before === undefined ? applications.items.length : indexOf(applications, before), 0, moved);
}

function addApplication(document: Document, added: { name: string; repo: string; path: string }): void {
  const applications = applicationsOf(document);
  if (applications.items.some((item) => isMap(item) && item.get("name") === added.name))
    throw new FlowdeckError("invalid-input", message("kfdef.applicationThere", { name: added.name }));
  applications.flow = false;
  applications.add(
    document.createNode({
      kustomizeConfig: { repoRef: { name: added.repo, path: added.path } },
      name: added.name,
    }),
  );
}

function setOverlays(document: Document, application: string, overlays: readonly string[]): void {
  const found = applicationNamed(document, application);
  const path = ["kustomizeConfig", "overlays"];
  if (overlays.length === 0) {
    found.deleteIn(path);
    return;
  }
  const before = found.getIn(path);
  // Entries that stay keep their comments.
  const kept = isSeq(before) ? before.items : [];
  const made = new YAMLSeq<Node>(document.schema);
  made.items = overlays.map((name) => {
    const same = kept.find((item) => isNamed(item, name));
    return (same as Node | undefined) ?? document.createNode(name);
  });
  if (isSeq(before)) before.items = made.items;
  else setFirst(found, "overlays", made, document);
}

function isNamed(node: unknown, name: string): boolean {
  return typeof node === "object" && node !== null && "value" in node && node.value === name;
}

/** kfctl's files have overlays and parameters in front of repoRef. */
function setFirst(application: YAMLMap, field: string, value: Node, document: Document): void {
  const config = application.get("kustomizeConfig");
  if (!isMap(config)) {
    setIn(document, application, ["kustomizeConfig", field], value);
    return;
  }
  const pair = document.createPair(field, value);
  const at = field === "parameters" && config.has("overlays") ? 1 : 0;
  if (config.has(field)) config.set(field, value);
  else config.items.splice(at, 0, pair);
}

function setParameter(document: Document, application: string, name: string, value: string | undefined): void {
  const found = applicationNamed(document, application);
  const path = ["kustomizeConfig", "parameters"];
  const list = found.getIn(path);
  const same = (item: unknown): item is YAMLMap => isMap(item) && item.get("name") === name;
  if (value === undefined) {
    if (!isSeq(list)) return;
    list.items = list.items.filter((item) => !same(item));
    if (list.items.length === 0) found.deleteIn(path);
    return;
  }
  // kfctl takes the last one of the same name.
  const there = isSeq(list) ? list.items.findLast(same) : undefined;
  if (there !== undefined) {
    there.set("value", value);
    return;
  }
  const parameter = document.createNode({ name, value });
  if (isSeq(list)) list.add(parameter);
  else setFirst(found, "parameters", document.createNode([parameter]), document);
}
