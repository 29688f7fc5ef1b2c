const prefix = "FLOWDECK_SECRET_";

/** The environment variable that stands in a file where a secret's value stood. */
export function secretVariable(name: string): string {
  return `${prefix}${name.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}`;
}

/** Is it a variable that took the place of a value, so that the value has to be given? */
export function standsForLiteral(variable: string): boolean {
  return variable.startsWith(prefix);
}
