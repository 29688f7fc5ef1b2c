import type { X509Certificate } from "node:crypto";
import { type CertificateFacts, isAddress } from "../../common/contract/index.ts";

/** What a certificate says of itself. */
export function factsOf(certificate: X509Certificate): CertificateFacts {
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    names: namesIn(certificate),
    from: certificate.validFromDate.toISOString(),
    to: certificate.validToDate.toISOString(),
    selfSigned: certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey),
    fingerprint: certificate.fingerprint256,
  };
}

/** Whether browsers take it for that host: only names among the alternative ones count, a wildcard for one label. */
export function isFor(certificate: X509Certificate, host: string): boolean {
  const found = isAddress(host)
    ? certificate.checkIP(host)
    : certificate.checkHost(host, { subject: "never", partialWildcards: false });
  return found !== undefined;
}

/** The common name of a distinguished name, else the organization, else all of it in one line. */
export function nameOf(distinguished: string | undefined): string {
  const parts = (distinguished ?? "").split("\n");
  const of = (field: string) => parts.find((part) => part.startsWith(`${field}=`))?.slice(field.length + 1);
  return of("CN") ?? of("O") ?? parts.join(", ");
}

function namesIn({ subjectAltName }: X509Certificate): string[] {
  return (subjectAltName ?? "")
    .split(", ")
    .map((part) => /^(?:DNS|IP Address):"?([^"]*)"?$/.exec(part)?.[1])
    .filter((name) => name !== undefined);
}
