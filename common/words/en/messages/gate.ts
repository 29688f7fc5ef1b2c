/** What a plan's objects wait for, as the titles of its gates. */
export const gate = {
  applied: "{{object}} applied",
  configuration: "Configuration of {{component}} applied",
  checked: "Objects that webhook {{webhook}} checks are applied",
  application: "Application {{title}} applied",
  kindServed: "{{kind}} ({{version}}) is served",
  definitionsServed: "Resource definitions of {{component}} are served",
  ready: "{{object}} is ready",
  endpoint: "Service {{service}} has a ready endpoint",
  exists: "{{object}} was created",
  accepts: "Webhook {{webhook}} answers (dry run of {{object}})",
  timeUp_one: "{{count}} minute has passed, and this condition is still not met: {{gate}}.",
  timeUp_other: "{{count}} minutes have passed, and this condition is still not met: {{gate}}.",
  hopeless: "This condition can't be met, because {{object}} was not applied: {{gate}}.",
} as const;
