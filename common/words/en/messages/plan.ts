/** What is wrong with a plan, and why one that was looked at can't be carried out. */
export const plan = {
  cycle: "These objects wait for each other: {{objects}}.",
  cycleBecause: "Each waits until: {{reasons}}.",
} as const;
