/** What is wrong with a value of a file or of a request, where a schema rejects it. */
export const value = {
  missing: "a value is required",
  text: "the value must be text",
  number: "the value must be a number",
  boolean: "the value must be true or false",
  list: "the value must be a list",
  mapping: "the value must be a mapping",
  notAllowed: "the value must be one of {{values}}",
  only: "the value must be {{value}}",
  unknownFields: "these fields are not known: {{names}}",
  tooLong: "the value is too long",
  form: "the value is not of the form that is needed",
} as const;
