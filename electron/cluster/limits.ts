import { FlowdeckError } from "../../common/contract/index.ts";
import { parseJson } from "../../common/json/index.ts";
import { hostOf } from "./errors.ts";

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
export function tooLarge(what: string, server: string, part: "answer" | "line", limit: number): FlowdeckError {
  const thing = part === "answer" ? "the answer" : "a line of the answer";
  return new FlowdeckError(
    "answer-too-large",
    `Cannot ${what}: ${thing} of the API server ${hostOf(server)} is larger than ${limit / mebi} MiB, and was not read to its end.`,
    {
      detail:
        "Ask for less, with a namespace or a selector. Where little should come, check that this is the address of a Kubernetes API server.",
    },
  );
}

export function isTooLarge(error: unknown): boolean {
  return error instanceof FlowdeckError && error.code === "answer-too-large";
}

/** What came is not what an API server answers: a sign-in page, say. `said` is its beginning, or what is wrong with it. */
export function unreadable(what: string, server: string, said: string): FlowdeckError {
  return new FlowdeckError(
    "answer-unreadable",
    `Cannot ${what}: what ${hostOf(server)} answered is not what a Kubernetes API server says.`,
    {
      detail: `${said.trim().slice(0, 300)}\nSomething in between may have answered, such as a proxy or a sign-in page: check the address of the server and the proxy.`,
    },
  );
}

/** The object that an API server answered in JSON. Throws `answer-unreadable` for anything else. */
export function parseAnswer(body: string, what: string, server: string): Record<string, unknown> {
  let answer: unknown;
  try {
    answer = parseJson(body);
  } catch {
    throw unreadable(what, server, body === "" ? "The answer is empty." : body);
  }
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) throw unreadable(what, server, body);
  // Parsed from JSON's braces.
  return answer as Record<string, unknown>;
}
