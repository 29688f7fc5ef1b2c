import { type AppError, type ErrorCode, FlowdeckError } from "../../common/contract/index.ts";
import { at, text } from "../../common/json/index.ts";
import { type Message, message } from "../../common/words/index.ts";

interface Reason {
  code: ErrorCode;
  said(host: string): Message;
  advice: Message;
}

const reasons: Readonly<Record<string, Reason>> = {
  unauthorized: reason(
    "credentials-rejected",
    (host) => message("registry.unauthorized", { host }),
    message("registry.unauthorizedWay"),
  ),
  denied: reason("forbidden", (host) => message("registry.denied", { host }), message("registry.deniedWay")),
  "not-found": reason("not-found", (host) => message("registry.notFound", { host }), message("registry.notFoundWay")),
  "rate-limited": reason(
    "rate-limited",
    (host) => message("registry.limited", { host }),
    message("registry.limitedWay"),
  ),
  unreachable: reason(
    "cluster-unreachable",
    (host) => message("registry.unreachable", { host }),
    message("registry.unreachableWay"),
  ),
  "unknown-host": reason(
    "cluster-unreachable",
    (host) => message("registry.unknownHost", { host }),
    message("registry.unknownHostWay"),
  ),
  timeout: reason(
    "cluster-unreachable",
    (host) => message("registry.timeout", { host }),
    message("registry.unreachableWay"),
  ),
  "certificate-untrusted": reason(
    "cluster-untrusted",
    (host) => message("registry.untrusted", { host }),
    message("registry.untrustedWay"),
  ),
  "certificate-name": reason(
    "cluster-untrusted",
    (host) => message("registry.otherName", { host }),
    message("registry.otherNameWay"),
  ),
  "certificate-expired": reason(
    "cluster-untrusted",
    (host) => message("registry.expired", { host }),
    message("registry.expiredWay"),
  ),
  plain: reason("cluster-untrusted", (host) => message("registry.plain", { host }), message("registry.plainWay")),
  "digest-mismatch": reason(
    "content-mismatch",
    (host) => message("registry.mismatch", { host }),
    message("registry.mismatchWay"),
  ),
  "invalid-name": reason("invalid-input", () => message("registry.badName"), message("registry.badNameWay")),
  "server-error": reason(
    "server-error",
    (host) => message("registry.serverError", { host }),
    message("registry.limitedWay"),
  ),
};

function reason(code: ErrorCode, said: Reason["said"], advice: Message): Reason {
  return { code, said, advice };
}

/** What the toolbox says went wrong, in words; undefined where it says nothing did. */
export function problemOf(event: Record<string, unknown>, host: string): FlowdeckError | undefined {
  const { problem } = event;
  if (problem === undefined) return undefined;
  const detail = text(at(problem, "detail"));
  const known = reasons[text(at(problem, "reason")) ?? ""];
  const until = text(at(problem, "retryAt"));
  return new FlowdeckError(known?.code ?? "server-error", known?.said(host) ?? message("registry.other", { host }), {
    advice: [
      ...(known === undefined ? [] : [known.advice]),
      ...(until === undefined ? [] : [message("registry.limitedUntil", { time: until })]),
    ],
    ...(detail === undefined ? {} : { detail }),
  });
}

export function appErrorOf(event: Record<string, unknown>, host: string): AppError | undefined {
  return problemOf(event, host)?.toJSON();
}
