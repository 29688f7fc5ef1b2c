import { FlowdeckError } from "../../common/contract/index.ts";
import { parseJson } from "../../common/json/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import { hostOf } from "./errors.ts";
import type { RequestPurpose } from "./types.ts";

const mebi = 1 << 20;

/**
 * The most that is taken from an API server, in bytes: without an end to it, a server (or whatever answers in its place)
 * could fill this machine's memory. Whatever comes from one passes through the transport, which holds to these.
 */
export const limits = {
  /** One answer, unpacked: a page of a list, an OpenAPI document, discovery. The largest of real clusters are some 10 MiB. */
  answer: 64 * mebi,
  /** What is being read of all answers of one connection at a time. */
  answersTogether: 512 * mebi,
  /** One line of a stream, such as a watch's event: etcd takes objects of 1.5 MiB by itself, of 8 MiB at most. */
  line: 16 * mebi,
  /** The words of a refusal; what is longer is cut. */
  refusal: mebi,
  /** One message of a WebSocket. The kubelet sends at most 32 KiB. */
  message: 16 * mebi,
} as const;

/** What came was larger than `limit`. */
export function tooLarge(what: RequestPurpose, server: string, part: "answer" | "line", limit: number): FlowdeckError {
  return new FlowdeckError(
    "answer-too-large",
    message(part === "answer" ? "server.answerTooLarge" : "server.lineTooLarge", {
      what,
      server: hostOf(server),
      limit: limit / mebi,
    }),
    { advice: message("server.askForLess") },
  );
}

export function isTooLarge(error: unknown): boolean {
  return error instanceof FlowdeckError && error.code === "answer-too-large";
}

/** What came is not what an API server answers: a sign-in page, say. `said` is its beginning, or what is wrong with it. */
export function unreadable(what: RequestPurpose, server: string, said: string | Message): FlowdeckError {
  return new FlowdeckError(
    "answer-unreadable",
    message("server.unreadable", { what, server: hostOf(server) }),
    typeof said === "string"
      ? { advice: message("server.checkProxy"), detail: said.trim().slice(0, 300) }
      : { advice: [said, message("server.checkProxy")] },
  );
}

/** The object that an API server answered in JSON. Throws `answer-unreadable` for anything else. */
export function parseAnswer(body: string, what: RequestPurpose, server: string): Record<string, unknown> {
  let answer: unknown;
  try {
    answer = parseJson(body);
  } catch {
    throw unreadable(what, server, body === "" ? message("server.emptyAnswer") : body);
  }
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) throw unreadable(what, server, body);
  // Parsed from JSON's braces.
  return answer as Record<string, unknown>;
}
