import { request } from "node:http";
import { type ContextId, FlowdeckError, type Forward, fixOf, saidOf, toAppError } from "../../common/contract/index.ts";
import { type Message, message, verbatim } from "../../common/words/index.ts";
import { backoffMs, pause } from "../cluster/index.ts";
import type { Forwards } from "../forwards/index.ts";
import type { CatalogueRelease } from "./types.ts";

export interface Answer {
  status: number;
  /** A stand-in page of the practice cluster answered. */
  simulated: boolean;
}

export interface ReachOptions {
  forwards: Forwards;
  context: ContextId;
  dashboard: CatalogueRelease["dashboard"];
  signal: AbortSignal;
}

/** A port-forward to the release's start page; the caller stops it. */
export async function forwardDashboard({ forwards, context, dashboard, signal }: ReachOptions): Promise<Forward> {
  const { namespace, service, port } = dashboard;
  const target = { context, group: "", version: "v1", plural: "services", kind: "Service", namespace, name: service };
  return await forwards.start({ target, port, purpose: "dashboard", signal });
}

/**
 * Does the start page (or its sign-in) answer through a port-forward? Gateways take some seconds to learn their routes,
 * so refusals are asked again for half a minute.
 * @throws FlowdeckError `verify-failed` with what answered, or what hindered.
 */
export async function verifyDashboard(options: ReachOptions): Promise<Answer> {
  const { namespace, service, port } = options.dashboard;
  const said = message("verify.noAnswer", { service: `${namespace}/${service}`, port: String(port) });
  const failed = (advice: Message | readonly Message[], more: { detail?: string; cause?: unknown } = {}) =>
    new FlowdeckError("verify-failed", said, {
      advice,
      fix: fixOf("open-dashboard", message("fix.openDashboard")),
      ...more,
    });
  let forward: Forward;
  try {
    forward = await forwardDashboard(options);
  } catch (error) {
    options.signal.throwIfAborted();
    const problem = toAppError(error);
    const { advice = [], detail } = problem;
    const why = saidOf(problem);
    throw failed([typeof why === "string" ? verbatim(why) : why, ...advice], {
      ...(detail === undefined ? {} : { detail }),
      cause: error,
    });
  }
  try {
    const until = Date.now() + 30_000;
    for (let attempt = 0; ; attempt += 1) {
      let why: Message;
      try {
        const answer = await get(forward.url, options.signal);
        // 401 and 403 are what a sign-in in front of it says to someone without a session.
        if (answer.status < 400 || answer.status === 401 || answer.status === 403) return answer;
        why = message("verify.status", { status: String(answer.status) });
      } catch (error) {
        options.signal.throwIfAborted();
        why = message("verify.broken", { why: saidOf(toAppError(error)) });
      }
      if (Date.now() > until) throw failed(why);
      await pause(backoffMs(attempt, 250, 3000), options.signal);
    }
  } finally {
    await options.forwards.stop(forward.id);
  }
}

/** One GET without following redirects: a redirect to the sign-in is an answer. */
export async function get(url: string, signal: AbortSignal): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const asked = request(
      url,
      { method: "GET", signal, timeout: 10_000, headers: { accept: "text/html" } },
      (response) => {
        response.resume();
        resolve({
          status: response.statusCode ?? 0,
          simulated: response.headers["x-flowdeck-simulated"] !== undefined,
        });
      },
    );
    asked.on("timeout", () => asked.destroy(new Error("no answer within 10 seconds")));
    asked.on("error", reject);
    asked.end();
  });
}
