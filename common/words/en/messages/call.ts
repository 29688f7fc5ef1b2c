/** What can go wrong with a call itself, whichever room answers it. */
export const call = {
  cancelled: "Cancelled.",
  internal: "{{words}}",
  noMethod: 'There is no method "{{name}}".',
  noStream: 'There is no stream "{{name}}".',
  invalidInput: "{{name}} was not given what it needs: {{problems}}",
  tooManyStreams: "Too many streams are open, or this number is taken.",
  signedOut: "This page is not let in: its session has ended or was never started.",
  noBridge: 'The window\'s bridge has no "{{name}}".',
  unknownAnswer: "The program behind this page gave an answer of no known form.",
  noAnswer: "Flowdeck does not answer.",
  startAgain: "The program behind this page has ended or can't be reached. Start it again with `npm start`.",
  notJsonType: "A call's input is sent as application/json.",
  inputTooLong: "A call's input is at most {{bytes}} bytes.",
  notJson: "The call's input is not JSON.",
  ownPageOnly: "Only Flowdeck's own page may ask this.",
  openLink: "Run `npm start` again, or press Enter where it runs, and open the link it prints.",
} as const;
