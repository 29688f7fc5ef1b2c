import { readFile } from "node:fs/promises";
import { extname, join, resolve, sep } from "node:path";
import { errorCode } from "../../common/contract/index.ts";

/** vite.config.ts has the build write this word where a nonce belongs; it is replaced in each answer. */
const noncePlaceholder = "__CSP_NONCE__";
/** Stands in renderer/index.html, where the page looks for the session's secret. */
const sessionPlaceholder = "__SESSION__";

/** What differs from answer to answer. */
export interface PageFill {
  nonce: string;
  /** The loopback host's secret for the page that a start link leads to; empty in every other answer. */
  session: string;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".txt": "text/plain; charset=utf-8",
};

export interface PageFile {
  body: Buffer | string;
  type: string;
  /** Its name holds a digest of its content, so it may be kept for ever. */
  immutable: boolean;
}

/**
 * Reads a file of the built page. Paths that are no file (places inside the app, such as /wizard/plan) give the page
 * itself; a missing file of a known type, or any path that would leave `folder`, gives undefined.
 * @param path the URL's path, still percent-encoded
 */
export async function readPageFile(folder: string, path: string, fill: PageFill): Promise<PageFile | undefined> {
  const decoded = decode(path);
  if (decoded === undefined || /[\0\\]/.test(decoded) || decoded.split("/").includes("..")) return undefined;
  const root = resolve(folder);
  const extension = extname(decoded).toLowerCase();
  const file = extension === "" ? join(root, "index.html") : resolve(root, `.${decoded}`);
  if (!file.startsWith(root + sep)) return undefined;
  const type = types[extension === "" ? ".html" : extension];
  if (type === undefined) return undefined;
  try {
    const bytes = await readFile(file);
    const html = file.endsWith(".html");
    return {
      body: html ? filled(bytes.toString("utf8"), fill) : bytes,
      type,
      immutable: decoded.startsWith("/assets/"),
    };
  } catch (error) {
    if (noSuchFile.has(errorCode(error) ?? "")) return undefined;
    throw error;
  }
}

const noSuchFile: ReadonlySet<string> = new Set(["ENOENT", "EISDIR", "ENOTDIR", "ENAMETOOLONG"]);

function filled(html: string, { nonce, session }: PageFill): string {
  return html.replaceAll(noncePlaceholder, nonce).replaceAll(sessionPlaceholder, session);
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined; // not a well-formed escape: no file of ours has such a name
  }
}
