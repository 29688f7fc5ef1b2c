import type { IncomingMessage, ServerResponse } from "node:http";
import { FlowdeckError, type Reply } from "../../common/contract/index.ts";
import { parseJson as losslessJson, stringifyJson } from "../../common/json/index.ts";
import { type Language, type Message, textOf } from "../../common/words/index.ts";
import { contentSecurityPolicy, securityHeaders } from "./csp.ts";

/** Reading requests of the loopback host, and writing its answers. */

export function setHeaders(response: ServerResponse, port: number, nonce: string): void {
  const connect = [`ws://127.0.0.1:${port}`, `ws://localhost:${port}`];
  response.setHeader("content-security-policy", contentSecurityPolicy(nonce, connect));
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  response.setHeader("cache-control", "no-store");
}

/**
 * A request's path, still percent-encoded, and its query; undefined for a target that is no path of this server. It is
 * not read as an address: `//x` would be another host's, and is no path of ours.
 */
export function readTarget(request: IncomingMessage): { path: string; query: URLSearchParams } | undefined {
  const [path = "", query = ""] = (request.url ?? "/").split("?");
  return /^\/(?!\/)/.test(path) ? { path, query: new URLSearchParams(query) } : undefined;
}

/** The secret after `Bearer`, which a page of another origin cannot send without asking first. */
export function bearer(request: IncomingMessage): string | undefined {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
}

/** Undefined when it is longer than `most` bytes; what is left of it is not read. */
export async function readBody(request: IncomingMessage, most: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

export function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: text === "" ? {} : losslessJson(text) };
  } catch {
    return undefined; // the caller says so
  }
}

export function invalid(said: Message): Reply {
  return { ok: false, error: new FlowdeckError("invalid-input", said).toJSON() };
}

export function sendReply(response: ServerResponse, status: number, reply: Reply): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(stringifyJson(reply));
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(text);
}

/** Answers in plain text, in the language that the browser asks for. */
export function sendSaid(request: IncomingMessage, response: ServerResponse, status: number, said: Message): void {
  sendText(response, status, textOf(said, preferredLanguage(request.headers["accept-language"] ?? "")));
}

/** Of our languages the one that an Accept-Language header prefers; English where it names none. */
export function preferredLanguage(header: string): Language {
  const ranges = header.split(",").flatMap((range) => {
    const [, language = "", weight = "1"] = /^\s*(en|ko)(?:-[\w-]+)?\s*(?:;\s*q=([\d.]+))?\s*$/i.exec(range) ?? [];
    return language === "" ? [] : [{ language: language.toLowerCase(), weight: Number(weight) }];
  });
  const [best] = ranges.toSorted((a, b) => b.weight - a.weight);
  return best?.language === "ko" && best.weight > 0 ? "ko" : "en";
}
