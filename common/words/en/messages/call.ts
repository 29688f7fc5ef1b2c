/** What can go wrong with a call itself, whichever room answers it. */
export const call = {
  cancelled: "Cancelled.",
} as const;
