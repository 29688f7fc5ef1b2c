import { at, list, texts } from "../../../common/json/index.ts";
import { atBinding, atPolicyRule, atRole } from "../../../common/kube/index.ts";
import { bracketed, type Describer, eventTable, head, wordOr } from "./describe-helpers.ts";

export const describeServiceAccount: Describer = (sheet, account, look) => {
  head(sheet, account);
  sheet.values(
    "Image pull secrets",
    list(at(account, "imagePullSecrets")).map((secret) => wordOr("", secret, "name")),
  );
  eventTable(sheet, account, look);
};

interface Rule {
  resources: string;
  urls: string[];
  names: string[];
  verbs: string[];
}

/** Rules taken apart to one resource each, their verbs put together again. */
function rulesOf(role: unknown): Rule[] {
  const bySubject = new Map<string, Rule>();
  const add = (subject: Omit<Rule, "verbs">, verb: string) => {
    const key = JSON.stringify(subject);
    const rule = bySubject.get(key) ?? { ...subject, verbs: [] };
    if (!rule.verbs.includes(verb)) rule.verbs.push(verb);
    bySubject.set(key, rule);
  };
  for (const rule of list(atRole(role, "rules"))) {
    const names = texts(atPolicyRule(rule, "resourceNames"));
    for (const verb of texts(atPolicyRule(rule, "verbs"))) {
      for (const group of texts(atPolicyRule(rule, "apiGroups"))) {
        for (const resource of texts(atPolicyRule(rule, "resources"))) {
          const [plural = "", subresource] = resource.split(/\/(.*)/);
          const resources = `${plural}${group ? `.${group}` : ""}${subresource ? `/${subresource}` : ""}`;
          for (const name of names.length > 0 ? names : [undefined]) {
            add({ resources, urls: [], names: name === undefined ? [] : [name] }, verb);
          }
        }
      }
      for (const url of texts(atPolicyRule(rule, "nonResourceURLs")))
        add({ resources: "", urls: [url], names: [] }, verb);
    }
  }
  return [...bySubject.values()].toSorted(
    (one, other) => one.resources.localeCompare(other.resources) || one.urls.join().localeCompare(other.urls.join()),
  );
}

export const describeRole: Describer = (sheet, role) => {
  head(sheet, role, { namespace: false });
  sheet.heading("PolicyRule");
  sheet.table(
    ["Resources", "Non-Resource URLs", "Resource Names", "Verbs"],
    rulesOf(role).map(({ resources, urls, names, verbs }) => [
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
