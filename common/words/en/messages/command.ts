/** What the command line says is wrong. */
export const command = {
  removalUnconfirmed: "Uninstalling {{folder}} from its cluster needs your confirmation.",
  dataWouldGo: "Users' data would be deleted too.",
  resetUnconfirmed: "Resetting the practice cluster needs your confirmation.",
  allWouldGo: "Everything in it would be deleted.",
  confirmWithYes: "Run the same command with --yes.",
  startPractice: "Start it with: flowdeck practice start",
  nothingRuns: "No installation is running in {{folder}}.",
  runsProgram: "Connecting to {{context}} runs a program: {{command}}",
  approveProgram: "If you trust it, run the same command with --approve-exec.",
  nothingApplied: "Flowdeck has applied nothing from {{folder}}.",
  kfctlApplied:
    "What kfctl itself applied has no labels to find it by. Delete it with kfctl, or delete its namespaces.",
  pageNotBuilt: "The app could not be built.",
  noPlan: "No plan was created.",
  endedAs: "It ended in the state {{state}}.",
} as const;
