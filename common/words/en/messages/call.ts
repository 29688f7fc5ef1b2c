/** What can go wrong with a call itself, whichever room answers it. */
export const call = {
  cancelled: "Cancelled.",
  internal: "{{words}}",
  noMethod: 'There is no method "{{name}}".',
  noStream: 'There is no stream "{{name}}".',
  invalidInput: "{{name}} was not given what it needs: {{problems}}",
  tooManyStreams: "Too many streams are open, or this number is taken.",
  signedOut: "This page is not let in: its session has ended or was never started.",
  openLink: "Run `npm start` again, or press Enter where it runs, and open the link it prints.",
} as const;
