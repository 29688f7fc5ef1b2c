/** Whether what was installed answers. */
export const verify = {
  noAnswer:
    "Everything is running, but the start page of Service {{service}}, port {{port}}, does not respond as expected.",
  status: "It responded with status {{status}}.",
  broken: "The connection through the port forward failed: {{why}}.",
} as const;
