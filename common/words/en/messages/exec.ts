/** What becomes of a command in a container. */
export const exec = {
  noStatus: "The command ended without an exit status.",
  notRun: "The command could not be run.",
  inputUnread: "The command ended before it had read its input.",
  tooMuch: "{{command}} in Pod {{pod}} wrote more than {{limit}} MiB and was stopped.",
  connectionBroke: "The connection to {{command}} in Pod {{pod}} was lost before it finished.",
  notRunOnNode: "The node could not run {{command}} in Pod {{pod}}.",
} as const;
