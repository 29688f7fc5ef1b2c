import { list, texts } from "../json/index.ts";
import { atPolicyRule, atRole } from "./typed-at.ts";

/** A PolicyRule of a role. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources */
export interface Rule {
  verbs: string[];
  groups: string[];
  resources: string[];
  names: string[];
  urls: string[];
}

/** The rules of a Role or ClusterRole. */
export function rulesOf(role: object | undefined): Rule[] {
  return list(atRole(role, "rules")).map(toRule);
}

/** Also a ResourceRule or NonResourceRule of a SelfSubjectRulesReview: the fields have the same names. */
export function toRule(rule: unknown): Rule {
  return {
    verbs: texts(atPolicyRule(rule, "verbs")),
    groups: texts(atPolicyRule(rule, "apiGroups")),
    resources: texts(atPolicyRule(rule, "resources")),
    names: texts(atPolicyRule(rule, "resourceNames")),
    urls: texts(atPolicyRule(rule, "nonResourceURLs")),
  };
}
