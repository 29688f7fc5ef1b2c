/** Changes to a release that an installation's folder keeps. */
export const overlay = {
  invalid: "{{file}} in {{folder}} can't be read: {{why}}",
  invalidWay: "Correct the file, or move it elsewhere: then the release's own values are installed.",
  applied: "Your change is kept: {{fields}}",
  leftOut: "Left out: you deleted it and kept it that way.",
  unfit: "Your change no longer fits, because the release has no such place: {{fields}}",
  noPlace: "{{object}} can't be kept as it is: what was installed has no place for {{fields}}.",
  noPlaceWay: "Put the object back, or change it in Flowdeck's editor first.",
  changed: "{{object}} has changed since it was compared.",
  changedWay: "Compare again, then keep it.",
} as const;
