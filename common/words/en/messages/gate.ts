/** What a plan's objects wait for, as the titles of its gates. */
export const gate = {
  applied: "{{object}} applied",
  configuration: "Configuration of {{component}} applied",
  checked: "What webhook {{webhook}} checks is applied",
  application: "Application {{title}} applied",
  kindServed: "{{kind}} ({{version}}) is served",
  definitionsServed: "Resource definitions of {{component}} are served",
  ready: "{{object}} is ready",
  endpoint: "Service {{service}} has a ready endpoint",
  exists: "{{object}} has been made",
  accepts: "Webhook {{webhook}} answers (dry run of {{object}})",
  timeUp_one: "{{count}} minute has passed, and this is still not so: {{gate}}.",
  timeUp_other: "{{count}} minutes have passed, and this is still not so: {{gate}}.",
  hopeless: "This can't come true, because {{object}} was not applied: {{gate}}.",
} as const;
