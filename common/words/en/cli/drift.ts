/** What `flowdeck drift` prints. */
export const cliDrift = {
  total_one: "{{count}} of {{compared}} objects differs from what was installed.",
  total_other: "{{count}} of {{compared}} objects differ from what was installed.",
  kept_one: "{{count}} more is kept as it is.",
  kept_other: "{{count}} more are kept as they are.",
  more_one: "and {{count}} more field",
  more_other: "and {{count}} more fields",
  deleted: "deleted",
  changed: "{{path}}: {{applied}} → {{live}} ({{who}})",
  changedHidden: "{{path}}: a secret value ({{who}})",
  added: "{{path}}: added {{live}} ({{who}})",
  byAt: "{{by}}, {{at}}",
  unknown: "unknown",
  hidden: "a secret value",
  none: "removed",
} as const;
