/** Whether what was installed answers. */
export const verify = {
  noAnswer:
    "Everything runs, but the start page behind Service {{service}}, port {{port}}, does not answer as it should.",
  status: "It answered with status {{status}}.",
  broken: "The connection through the port-forward failed: {{why}}.",
} as const;
