/** What `flowdeck upgrade` prints. */
export const cliUpgrade = {
  totals:
    "{{from}} → {{to}}: {{created}} new, {{changed}} changed, {{unchanged}} unchanged, {{removed}} to delete, {{stays}} stay.",
  step: "Step {{number}} of the release: {{title}}. {{because}}",
  recreated: "! {{object}}: {{why}}",
  rejected: "    rejected: {{why}}",
  note: "    {{words}}",
  field: "    {{path}}: {{was}} → {{becomes}}",
  fieldHidden: "    {{path}}: a secret value",
  fieldBy: "{{field}} (set by {{by}})",
  more_one: "    and {{count}} more field",
  more_other: "    and {{count}} more fields",
  others: "    {{path}} stays (set by {{by}})",
  none: "none",
  addPrune: "To delete one that stays, add --prune with its kind and name.",
  unconfirmed: "Changing the installation in {{folder}} needs your confirmation.",
  confirm: "Nothing was changed. To do what the plan shows, run: {{command}}",
  notAsked: "The plan doesn't ask for a decision about {{name}}.",
  notInPlan: "The plan has no object {{name}}. Name it as the plan does: Kind/namespace/name.",
} as const;
