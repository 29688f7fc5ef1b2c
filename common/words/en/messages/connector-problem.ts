/** What is wrong with a field of a connector. */
export const connectorProblem = {
  empty: "Enter a value.",
  url: "Enter an address that starts with http:// or https://.",
  dollar: "Dex replaces $ and what follows it. Use a value without $.",
  line: "Enter text on one line.",
  pem: "Paste a certificate in PEM form.",
  host: "Enter a hostname or an IP address, with a port if it is not the usual one.",
  long: "The value is too long.",
} as const;
