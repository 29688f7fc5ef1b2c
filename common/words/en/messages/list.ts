/** What is wrong with a table that someone gives: a class, people. */
export const list = {
  empty: "The list has no rows.",
  tooLarge: "The list has {{size}} MB; a list can have up to 1 MB.",
  tooLong: "The list has {{count}} rows; a list can have up to {{most}}.",
  unreadable: "This is not a CSV table: {{why}}",
  noHeader: "The first line must name the columns. Missing: {{columns}}.",
  unknownColumn: "There is no column {{column}}. The columns are {{columns}}.",
  columnTwice: "The column {{column}} is there twice.",
  fields: "This line has {{count}} fields, the first line {{expected}}.",
} as const;
