/** flowdeck check */
export const cliChecks = {
  help: "check whether a cluster can take an installation; changes nothing unless --fix is given",
  noImages: "do not ask the registries for the images",
  fix: "{{title}}: flowdeck check --fix {{id}}, or",
  fixes: "carry out the fix of this check, then check again; can be given several times",
  unknownFix: "There is no such check. There are: {{names}}",
  copy: "{{title}}:",
  total: "Passed: {{count}}. Must be fixed: {{must}}. Worth fixing: {{should}}.",
  mustFail_one: "{{count}} check has to pass before the installation.",
  mustFail_other: "{{count}} checks have to pass before the installation.",
} as const;
