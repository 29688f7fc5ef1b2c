import type { AccessSettings, CertificateProblem } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";

export interface Validity {
  /** Whom it is for. */
  subject: string;
  issuer?: string | undefined;
  /** ISO 8601. */
  from?: string | undefined;
  to: string;
}

const dayMs = 24 * 3600_000;
/** How many days before the end of a certificate it is said, the later the more urgently. */
const noticeDays = 30;
const lateDays = 7;
const urgentDays = 1;

/** cert-manager makes a new one by itself. */
export function isRenewed({ tls }: AccessSettings): boolean {
  return tls.kind === "acme" || tls.kind === "selfSigned";
}

/**
 * What is to be said of a certificate's end; undefined while there is time. `renewed`: cert-manager does that when a third of
 * the time is left, so that only a certificate that is well past this needs someone. Pure.
 */
export function expiryProblem(
  { subject, issuer, from, to }: Validity,
  { renewed, now }: { renewed: boolean; now: number },
): CertificateProblem | undefined {
  const left = Date.parse(to) - now;
  if (Number.isNaN(left)) return undefined;
  const date = { time: to };
  if (left < 0) {
    const others = issuer ? message("wayIn.expiredWay", { issuer }) : message("wayIn.soonWay");
    const advice = renewed ? message("wayIn.soonRenewed") : others;
    return { level: "bad", said: message("wayIn.expired", { subject, date }), advice };
  }
  const lifetime = from === undefined ? Number.POSITIVE_INFINITY : Date.parse(to) - Date.parse(from);
  const notice = renewed ? Math.min(lateDays * dayMs, lifetime / 6) : noticeDays * dayMs;
  if (left >= notice) return undefined;
  const days = Math.floor(left / dayMs);
  const said =
    left < lateDays * dayMs
      ? message("wayIn.soonDays", { subject, date, count: days })
      : message("wayIn.soon", { subject, date });
  const advice = renewed ? message("wayIn.soonRenewed") : message("wayIn.soonWay");
  return { level: left < urgentDays * dayMs ? "bad" : "warn", said, advice };
}
