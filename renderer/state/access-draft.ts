import { z } from "zod";
import {
  type AccessSettings,
  accessSettings,
  accessWays,
  type GivenCertificate,
  tlsKinds,
  usualNodePort,
} from "../../common/contract/index.ts";

/** How people are to get in, as it is being written: every field keeps what was typed while another choice is tried. */
export const accessDraft = z.object({
  way: z.enum(accessWays),
  nodePort: z.number(),
  ingressClass: z.string(),
  /** namespace/name */
  gateway: z.string(),
  host: z.string(),
  tls: z.enum(tlsKinds),
  acmeEmail: z.string(),
  acmeServer: z.enum(["production", "staging", "own"]),
  acmeUrl: z.string(),
  fingerprint: z.string().optional(),
});
export type AccessDraft = z.infer<typeof accessDraft>;

/** A certificate and its key as they are being entered; in memory only. */
export interface CertificateDraft {
  from: "file" | "text";
  certificate: string;
  key: string;
}

export const firstAccess: AccessDraft = {
  ...{ way: "forward", nodePort: usualNodePort, ingressClass: "", gateway: "", host: "", tls: "none" },
  ...{ acmeEmail: "", acmeServer: "production", acmeUrl: "" },
};

export const noCertificate: CertificateDraft = { from: "file", certificate: "", key: "" };

export type AccessField = "host" | "gateway" | "tls" | "nodePort" | "ingressClass" | "certificate";

export interface WrittenAccess {
  /** Absent where something is wrong with it. */
  access?: AccessSettings;
  certificate?: GivenCertificate;
  problem?: { field: AccessField; key: string };
}

/** What the form says, and what is wrong with it. `kept`: a certificate is stored already. */
export function writtenAccess(draft: AccessDraft, given: CertificateDraft, kept: boolean): WrittenAccess {
  const { way } = draft;
  const isOpen = way !== "forward";
  const [namespace = "", name = ""] = draft.gateway.split("/");
  const host = draft.host.trim().toLowerCase();
  const parsed = accessSettings.safeParse({
    way,
    ...(way === "nodePort" ? { nodePort: draft.nodePort } : {}),
    ...(way === "ingress" && draft.ingressClass !== "" ? { ingressClass: draft.ingressClass } : {}),
    ...(way === "gateway" && draft.gateway !== "" ? { gateway: { namespace, name } } : {}),
    ...(isOpen && host !== "" ? { host } : {}),
    tls: isOpen ? tlsOf(draft) : { kind: "none" },
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { problem: { field: fieldOf(issue?.path[0]), key: issue?.message ?? "" } };
  }
  if (parsed.data.tls.kind !== "given") return { access: parsed.data };
  const certificate = certificateOf(given);
  if (certificate === undefined && !kept) return { problem: { field: "certificate", key: "certificate-needed" } };
  return { access: parsed.data, ...(certificate ? { certificate } : {}) };
}

export function certificateOf({ from, certificate, key }: CertificateDraft): GivenCertificate | undefined {
  if (certificate.trim() === "" || key.trim() === "") return undefined;
  return from === "file"
    ? { certificate: { path: certificate.trim() }, key: { path: key.trim() } }
    : { certificate: { text: certificate }, key: { text: key } };
}

/** Takes what an installation has. */
export function accessDraftOf(access: AccessSettings | undefined): AccessDraft {
  if (access === undefined) return firstAccess;
  const { way, nodePort = usualNodePort, ingressClass = "", gateway, host = "", tls } = access;
  const draft = { ...firstAccess, way, nodePort, ingressClass, host, tls: tls.kind };
  const known = gateway ? { ...draft, gateway: `${gateway.namespace}/${gateway.name}` } : draft;
  if (tls.kind === "given") return { ...known, ...(tls.fingerprint ? { fingerprint: tls.fingerprint } : {}) };
  if (tls.kind !== "acme") return known;
  const usual = tls.server === "production" || tls.server === "staging";
  const server = usual ? { acmeServer: tls.server as "production" | "staging" } : { acmeUrl: tls.server };
  return { ...known, acmeEmail: tls.email, acmeServer: "own", ...server };
}

function tlsOf({ tls: kind, acmeEmail: email, acmeServer, acmeUrl, fingerprint }: AccessDraft): object {
  if (kind === "acme") return { kind, email, server: acmeServer === "own" ? acmeUrl : acmeServer };
  return kind === "given" && fingerprint ? { kind, fingerprint } : { kind };
}

function fieldOf(path: PropertyKey | undefined): AccessField {
  const fields = ["host", "gateway", "tls", "nodePort", "ingressClass"] as const;
  return fields.find((field) => field === path) ?? "tls";
}
