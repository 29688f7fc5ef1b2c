/** What the loopback host answers in plain text, to be read in a browser. */
export const answer = {
  noPage: "There is no such page.",
  failed: "Flowdeck could not answer this request.",
  refused: "Refused: this address serves only the Flowdeck page of the user who started it.",
  otherProgram: "Refused.",
  readOnly: "Pages can only be read.",
  callsArePosts: "A call has to be a POST.",
} as const;
