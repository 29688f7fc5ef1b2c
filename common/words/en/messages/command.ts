/** What the command line says is wrong. */
export const command = {
  removalUnconfirmed: "Removing {{folder}} from its cluster needs your confirmation.",
  dataWouldGo: "The users' data would be removed, too.",
  resetUnconfirmed: "Resetting the practice cluster needs your confirmation.",
  allWouldGo: "Everything in it would be deleted.",
  confirmWithYes: "Run the same command with --yes.",
  startPractice: "Start it with: flowdeck practice start",
  nothingRuns: "No installation is running in {{folder}}.",
  runsProgram: "Connecting to {{context}} runs a program: {{command}}",
  approveProgram: "If you trust it, run the same command with --approve-exec.",
  nothingApplied: "Flowdeck applied nothing from {{folder}}.",
  kfctlApplied:
    "What kfctl itself applied has no labels to find it by: delete it with kfctl, or remove its namespaces.",
  pageNotBuilt: "The app could not be built.",
  noPlan: "No plan was made.",
  endedAs: "It ended as {{state}}.",
} as const;
