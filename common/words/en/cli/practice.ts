/** What `flowdeck practice` prints. */
export const cliPractice = {
  server: "practice",
  started: "✓ The practice cluster is running: Kubernetes {{version}}, {{nodes}}.",
  stopWith: "Stop it with: {{command}}",
  nodes_one: "{{count}} simulated node",
  nodes_other: "{{count}} simulated nodes",
  absent: "The practice cluster does not exist yet.",
  stopped: "The practice cluster is stopped; what is in it is kept.",
  starting: "The practice cluster is starting.",
  running: "The practice cluster is running: Kubernetes {{version}} at {{server}}, {{nodes}}.",
  stopping: "The practice cluster is stopping.",
  failed: "The practice cluster has failed.",
  failedBecause: "The practice cluster has failed: {{why}}.",
  cancelled: "Canceled. The practice cluster is not running.",
} as const;
