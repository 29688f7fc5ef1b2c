import { at, list } from "../../../common/json/index.ts";
import { atBinding, type Rule, rulesOf } from "../../../common/kube/index.ts";
import { bracketed, type Describer, eventTable, head, wordOr } from "./describe-helpers.ts";

export const describeServiceAccount: Describer = (sheet, account, look) => {
  head(sheet, account);
  sheet.values(
    "Image pull secrets",
    list(at(account, "imagePullSecrets")).map((secret) => wordOr("", secret, "name")),
  );
  eventTable(sheet, account, look);
};

interface Line {
  resources: string;
  urls: string[];
  names: string[];
  verbs: string[];
}

/** Rules taken apart to one resource each, their verbs put together again, as `kubectl describe` writes them. */
function linesOf(rules: readonly Rule[]): Line[] {
  const bySubject = new Map<string, Line>();
  const add = (subject: Omit<Line, "verbs">, verb: string) => {
    const key = JSON.stringify(subject);
    const line = bySubject.get(key) ?? { ...subject, verbs: [] };
    if (!line.verbs.includes(verb)) line.verbs.push(verb);
    bySubject.set(key, line);
  };
  for (const rule of rules) {
    const subjects = [...resourcesOf(rule), ...rule.urls.map((url) => ({ resources: "", urls: [url], names: [] }))];
    for (const verb of rule.verbs) for (const subject of subjects) add(subject, verb);
  }
  return [...bySubject.values()].toSorted(
    (one, other) => one.resources.localeCompare(other.resources) || one.urls.join().localeCompare(other.urls.join()),
  );
}

/** Each resource of a rule as `plural.group/subresource`, once for each object that the rule names. */
function resourcesOf({ groups, resources, names }: Rule): Omit<Line, "verbs">[] {
  return groups.flatMap((group) =>
    resources.flatMap((resource) => {
      const [plural = "", subresource] = resource.split(/\/(.*)/);
      const written = `${plural}${group ? `.${group}` : ""}${subresource ? `/${subresource}` : ""}`;
      const named = names.length > 0 ? names.map((name) => [name]) : [[]];
      return named.map((only) => ({ resources: written, urls: [], names: only }));
    }),
  );
}

export const describeRole: Describer = (sheet, role) => {
  head(sheet, role, { namespace: false });
  sheet.heading("PolicyRule");
  sheet.table(
    ["Resources", "Non-Resource URLs", "Resource Names", "Verbs"],
    linesOf(rulesOf(role)).map(({ resources, urls, names, verbs }) => [
      resources,
      bracketed(urls),
      bracketed(names),
      bracketed(verbs),
    ]),
  );
};

export const describeBinding: Describer = (sheet, binding) => {
  head(sheet, binding, { namespace: false });
  sheet.heading("Role");
  sheet.pair("Kind", wordOr("", binding, "roleRef", "kind"), 1).pair("Name", wordOr("", binding, "roleRef", "name"), 1);
  sheet.heading("Subjects");
  sheet.table(
    ["Kind", "Name", "Namespace"],
    list(atBinding(binding, "subjects")).map((subject) => [
      wordOr("", subject, "kind"),
      wordOr("", subject, "name"),
      wordOr("", subject, "namespace"),
    ]),
  );
};
