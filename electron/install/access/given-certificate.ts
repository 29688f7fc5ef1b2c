import {
  type AccessSettings,
  type CertificateProblem,
  FlowdeckError,
  type GivenCertificate,
} from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { checkCertificate, readPem } from "../../certificates/index.ts";

export interface Certified {
  access: AccessSettings;
  /** Absent: the one that is kept stays. */
  certificate?: { certificate: string; key: string };
  warnings: CertificateProblem[];
}

/**
 * Reads and checks a given certificate before anything is written; the way in names it by its fingerprint from then on.
 * Throws `invalid-input` with everything that makes it unusable, `not-found` where a file can't be read.
 */
export async function certified(access: AccessSettings, given: GivenCertificate | undefined): Promise<Certified> {
  if (given === undefined || access.tls.kind !== "given") return { access, warnings: [] };
  const certificate = await readPem(given);
  const { usable, facts, problems } = checkCertificate({ ...certificate, host: access.host });
  if (!usable || facts === undefined) {
    const advice = problems.flatMap(({ level, said, advice: way }) =>
      level === "bad" ? [said, ...(way ? [way] : [])] : [],
    );
    throw new FlowdeckError("invalid-input", message("wayIn.checkedFirst"), { advice });
  }
  return {
    access: { ...access, tls: { kind: "given", fingerprint: facts.fingerprint } },
    certificate,
    warnings: problems,
  };
}
