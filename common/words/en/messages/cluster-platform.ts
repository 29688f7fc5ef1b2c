/** What is different because of where the cluster runs. */
export const clusterPlatform = {
  folder: "{{name}} is built from `{{paths}}`. {{because}}",
  folderIssuer: "{{name}} is built from `{{paths}}`. {{because}} The issuer is {{issuer}}.",
  noIssuer:
    "{{name}} is built without the overlay for the tokens of service accounts, because the cluster names no issuer whose keys can be read publicly.",
  enforcer_one:
    "{{count}} webhook configuration gets the annotation `{{annotation}}`, because AKS would otherwise change its namespace selectors.",
  enforcer_other:
    "{{count}} webhook configurations get the annotation `{{annotation}}`, because AKS would otherwise change their namespace selectors.",
} as const;
