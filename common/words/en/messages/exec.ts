/** What becomes of a command in a container. */
export const exec = {
  noStatus: "The command ended without a status.",
  notRun: "The command could not be run.",
  inputUnread: "The command ended before it had read its input.",
  tooMuch: "{{command}} in Pod {{pod}} writes more than {{limit}} MiB, and was ended.",
  connectionBroke: "The connection to {{command}} in Pod {{pod}} broke before it ended.",
  notRunOnNode: "The node could not run {{command}} in Pod {{pod}}.",
} as const;
