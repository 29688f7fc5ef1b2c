import { isMap, isSeq, parseDocument } from "yaml";
import { takeOutLiterals, textOf } from "../edit/index.ts";
import { goYaml } from "../parse/index.ts";

/**
 * The text of CONFIG_FILE after a build: where the repos are cached stands in its status, the values of secrets are gone
 * (kfctl drops those, too, when it writes the file). Nothing else changes.
 */
export function configFileText(text: string, caches: readonly { name: string; localPath: string }[]): string {
  const document = parseDocument(text, goYaml);
  const taken = takeOutLiterals(document) !== undefined;
  // kfctl reads the path only where its quotes are a part of it (Go's `json:",string"`).
  const wanted = caches.map(({ name, localPath }) => ({ localPath: `"${localPath}"`, name }));
  const path = ["status", "reposCache"];
  const before = document.getIn(path);
  const same = isSeq(before) && JSON.stringify(sorted(before.toJS(document))) === JSON.stringify(sorted(wanted));
  if (!same) {
    if (!isMap(document.get("status"))) document.set("status", document.createNode({}));
    document.setIn(path, document.createNode(wanted));
  }
  return taken || !same ? textOf(document, text) : text;
}

function sorted(caches: unknown): unknown {
  return Array.isArray(caches) ? caches.map((cache) => Object.entries(cache ?? {}).sort()) : caches;
}
