const schemes = new Set(["http:", "https:", "file:"]);

/** The scheme of an address, or undefined where the text is a path (a Windows drive letter is no scheme). */
export function schemeOf(uri: string): string | undefined {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]+):/.exec(uri)?.[1];
  return scheme === undefined ? undefined : `${scheme.toLowerCase()}:`;
}

/** What is wrong with an address of a repo or a configuration; undefined when it can be asked for. */
export function checkUri(uri: string): string | undefined {
  const scheme = schemeOf(uri);
  if (uri.includes("\0")) return "The address has a character that it may not have.";
  if (scheme === undefined) return undefined;
  if (!schemes.has(scheme) || uri.includes("::"))
    return `"${uri}" can't be fetched: an address begins with https://, http:// or file:, or is a path.`;
  if (!URL.canParse(uri)) return `"${uri}" is no address.`;
  const { hostname, username, password } = new URL(uri);
  if (username !== "" || password !== "") return "The address has a user name or a password in it: take them out.";
  if (scheme !== "file:" && hostname === "") return `"${uri}" names no server.`;
  return undefined;
}
