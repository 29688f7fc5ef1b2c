import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import type { CertificateCheck, CertificateProblem } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import { expiryProblem } from "./expiry.ts";
import { factsOf, isFor, nameOf } from "./facts.ts";

export interface CheckInput {
  /** PEM: the server's certificate, then those that signed it. */
  certificate: string;
  key: string;
  /** Whom it has to be for; not looked at where there is none yet. */
  host?: string | undefined;
  now?: Date;
}

export interface CheckedCertificate extends CertificateCheck {
  /** What may be written: nothing that makes it unusable was found. */
  usable: boolean;
}

/** Everything that is wrong with a certificate and its key, the worst first, each with what to do. Pure. */
export function checkCertificate({ certificate, key, host, now = new Date() }: CheckInput): CheckedCertificate {
  const problems: CertificateProblem[] = [];
  const add = (level: CertificateProblem["level"], said: Message, advice?: Message) =>
    void problems.push({ level, said, ...(advice ? { advice } : {}) });
  const chain = readChain(certificate, add);
  const [leaf] = chain;
  const secret = readKey(key, add);
  if (leaf === undefined) return { problems, usable: false };
  const facts = factsOf(leaf);
  const { subject } = facts;
  if (secret !== undefined && !leaf.checkPrivateKey(secret))
    add("bad", message("wayIn.keyOther", { subject }), message("wayIn.keyOtherWay"));
  if (facts.names.length === 0) add("bad", message("wayIn.noNames", { subject }), message("wayIn.noNamesWay"));
  else if (host !== undefined && !isFor(leaf, host))
    add(
      "bad",
      message("wayIn.otherName", { names: facts.names.join(", "), host }),
      message("wayIn.otherNameWay", { host }),
    );
  validity(leaf, now, add);
  strength(leaf, add);
  order(chain, now, add);
  problems.sort((one, other) => Number(one.level === "warn") - Number(other.level === "warn"));
  return { facts, problems, usable: problems.every(({ level }) => level !== "bad") };
}

type Add = (level: CertificateProblem["level"], said: Message, advice?: Message) => void;

function readChain(pem: string, add: Add): X509Certificate[] {
  const blocks =
    pem.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) {
    add("bad", message("wayIn.notPem"), message("wayIn.notPemWay"));
    return [];
  }
  const chain: X509Certificate[] = [];
  for (const [index, block] of blocks.entries()) {
    try {
      chain.push(new X509Certificate(block));
    } catch {
      add("bad", message("wayIn.unreadable", { number: String(index + 1) }), message("wayIn.unreadableWay"));
      // What comes after it can't be held against what is before.
      return index === 0 ? [] : chain;
    }
  }
  return chain;
}

function readKey(pem: string, add: Add): KeyObject | undefined {
  if (/BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(pem)) {
    add("bad", message("wayIn.keyEncrypted"), message("wayIn.keyEncryptedWay"));
    return undefined;
  }
  try {
    return createPrivateKey(pem);
  } catch {
    // The cause is left out: a parser's words could quote the key.
    add("bad", message("wayIn.notKey"), message("wayIn.notKeyWay"));
    return undefined;
  }
}

function day(date: Date): { time: string } {
  return { time: date.toISOString() };
}

function validity(leaf: X509Certificate, now: Date, add: Add): void {
  const { subject, issuer } = factsOf(leaf);
  const { validFromDate: from, validToDate: to } = leaf;
  const validity = { subject, issuer, to: to.toISOString() };
  const expiry = expiryProblem(validity, { renewed: false, now: now.getTime() });
  // One that expires within the day can still be used.
  if (expiry) add(to < now ? "bad" : "warn", expiry.said, expiry.advice);
  if (from > now) add("bad", message("wayIn.notYet", { subject, date: day(from) }), message("wayIn.notYetWay"));
}

function strength(leaf: X509Certificate, add: Add): void {
  const bits = leaf.publicKey.asymmetricKeyDetails?.modulusLength;
  if (leaf.publicKey.asymmetricKeyType === "rsa" && bits !== undefined && bits < 2048)
    add("warn", message("wayIn.weakKey", { bits: String(bits) }), message("wayIn.weakKeyWay"));
  if (/sha-?1(With|$)/i.test(leaf.signatureAlgorithm ?? ""))
    add("warn", message("wayIn.weakSignature"), message("wayIn.weakKeyWay"));
}

/** Each certificate is followed by the one that signed it, up to one that this computer trusts, or whose issuer it does. */
function order(chain: readonly X509Certificate[], now: Date, add: Add): void {
  for (const [index, one] of chain.entries()) {
    const next = chain[index + 1];
    const subject = nameOf(one.subject);
    const issuer = nameOf(one.issuer);
    if (index > 0 && one.validToDate < now)
      add(
        "bad",
        message("wayIn.chainExpired", { subject, date: day(one.validToDate) }),
        message("wayIn.brokenChainWay"),
      );
    if (next === undefined) continue;
    if (one.issuer !== next.subject || !one.verify(next.publicKey)) {
      if (one.issuer === next.subject)
        add("bad", message("wayIn.brokenChain", { subject, issuer }), message("wayIn.brokenChainWay"));
      else add("bad", message("wayIn.outOfOrder", { subject, issuer }), message("wayIn.outOfOrderWay"));
      return;
    }
  }
  const last = chain.at(-1);
  if (last === undefined) return;
  const subject = nameOf(last.subject);
  const issuer = nameOf(last.issuer);
  const signsItself = last.subject === last.issuer && last.verify(last.publicKey);
  if (isTrusted(last)) return;
  if (signsItself && chain.length === 1) add("warn", message("wayIn.selfSigned"), message("wayIn.selfSignedWay"));
  else if (signsItself) add("warn", message("wayIn.untrusted", { issuer }), message("wayIn.untrustedWay"));
  else add("warn", message("wayIn.incomplete", { subject, issuer }), message("wayIn.incompleteWay"));
}

let roots: Map<string, X509Certificate[]> | undefined;

/** It is one of the authorities that this computer trusts, or signed by one. */
function isTrusted(certificate: X509Certificate): boolean {
  roots ??= Map.groupBy(
    rootCertificates.map((pem) => new X509Certificate(pem)),
    ({ subject }) => subject,
  );
  return (roots.get(certificate.issuer) ?? []).some((root) => certificate.verify(root.publicKey));
}
