/** What can go wrong with a call itself, whichever room answers it. */
export const call = {
  cancelled: "Canceled.",
  internal: "{{words}}",
  noMethod: 'There is no method "{{name}}".',
  noStream: 'There is no stream "{{name}}".',
  invalidInput: "The input of {{name}} is not valid: {{problems}}",
  tooManyStreams: "Too many streams are open, or this number is already in use.",
  signedOut: "This page is not signed in: its session has ended or was never started.",
  noBridge: 'The window\'s bridge has no "{{name}}".',
  unknownAnswer: "The program behind this page sent a response in an unknown format.",
  noAnswer: "Flowdeck is not responding.",
  startAgain: "The program behind this page has stopped or can't be reached. Start it again with `npm start`.",
  notJsonType: "A call's input must be sent as JSON.",
  inputTooLong: "A call's input can have at most {{bytes}} bytes.",
  notJson: "The call's input is not JSON.",
  ownPageOnly: "Only Flowdeck's own page can make this request.",
  openLink: "Run `npm start` again, or press Enter in the terminal where it runs, and open the link it prints.",
} as const;
