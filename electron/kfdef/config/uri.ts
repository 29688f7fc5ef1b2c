import { type Message, message } from "../../../common/words/index.ts";

const schemes = new Set(["http:", "https:", "file:"]);

/** The scheme of an address, or undefined where the text is a path (a Windows drive letter is no scheme). */
export function schemeOf(uri: string): string | undefined {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]+):/.exec(uri)?.[1];
  return scheme === undefined ? undefined : `${scheme.toLowerCase()}:`;
}

/** What is wrong with an address of a repo or a configuration; undefined when it can be asked for. */
export function checkUri(uri: string): Message | undefined {
  const scheme = schemeOf(uri);
  if (uri.includes("\0")) return message("kfdef.uriCharacter");
  if (scheme === undefined) return undefined;
  if (!schemes.has(scheme) || uri.includes("::")) return message("kfdef.uriScheme", { uri });
  if (!URL.canParse(uri)) return message("kfdef.uriNone", { uri });
  const { hostname, username, password } = new URL(uri);
  if (username !== "" || password !== "") return message("kfdef.uriPassword");
  if (scheme !== "file:" && hostname === "") return message("kfdef.uriNoServer", { uri });
  return undefined;
}
