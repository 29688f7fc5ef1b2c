import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method, stream } from "./define.ts";
import { fieldChange } from "./edit.ts";
import { appError } from "./errors.ts";
import { message } from "./message.ts";
import { objectRef } from "./object-ref.ts";

/** How people reach the dashboard. `forward`: from this computer only, over a port forward. */
export const accessWays = ["forward", "nodePort", "loadBalancer", "ingress", "gateway"] as const;
export type AccessWay = (typeof accessWays)[number];

/** The port of every node that courses for Kubeflow 1.0 use. */
export const usualNodePort = 31380;

const label = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
const nameOfObject = z.string().regex(new RegExp(`^${label}(\\.${label})*$`), "access-name");

/** A DNS name or an IPv4 address, as people type it into a browser. */
export const hostName = z
  .string()
  .max(253, "access-host")
  .regex(new RegExp(`^${label}(\\.${label})*$`), "access-host");

export function isAddress(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host);
}

/** Where ACME certificates are ordered: Let's Encrypt, its test service, or a directory's address. */
export const acmeServer = z.union([
  z.enum(["production", "staging"]),
  z.url({ protocol: /^https$/, error: "acme-server" }),
]);

export const tlsSettings = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  /** By cert-manager; browsers warn. */
  z.strictObject({ kind: z.literal("selfSigned") }),
  z.strictObject({
    kind: z.literal("acme"),
    email: z.email("email-invalid").max(254, "email-long"),
    server: acmeServer.default("production"),
  }),
  /** The certificate and its key are kept with the other secrets; only what it is known by is written down. */
  z.strictObject({ kind: z.literal("given"), fingerprint: z.string().max(120).optional() }),
  /** Something in front of the cluster (or the Gateway itself) ends TLS. */
  z.strictObject({ kind: z.literal("outside") }),
]);
export type TlsSettings = z.infer<typeof tlsSettings>;
export const tlsKinds = ["none", "selfSigned", "acme", "given", "outside"] as const satisfies TlsSettings["kind"][];

const plainAccess = z.strictObject({
  way: z.enum(accessWays),
  nodePort: z.int("node-port-range").min(30_000, "node-port-range").max(32_767, "node-port-range").optional(),
  /** Absent: the cluster's default class. */
  ingressClass: nameOfObject.optional(),
  /** Of Gateway API; it exists already. */
  gateway: z.strictObject({ name: nameOfObject, namespace: nameOfObject }).optional(),
  host: hostName.optional(),
  tls: tlsSettings.default({ kind: "none" }),
});

/** How people get in: written to flowdeck.yaml, without any secret. */
export const accessSettings = plainAccess.superRefine((access, context) => {
  const problem = accessProblem(access);
  if (problem !== undefined) context.addIssue({ code: "custom", message: problem.key, path: [problem.field] });
});
export type AccessSettings = z.infer<typeof accessSettings>;

/** What does not go together in it, as a key of the texts for settings, and the field to change. */
export function accessProblem({
  way,
  host,
  gateway,
  tls,
}: z.infer<typeof plainAccess>): { field: "host" | "gateway" | "tls"; key: string } | undefined {
  if (way === "forward") return tls.kind === "none" ? undefined : { field: "tls", key: "access-forward-tls" };
  if (way === "gateway" && gateway === undefined) return { field: "gateway", key: "access-gateway-needed" };
  if (way === "gateway" && tls.kind !== "none" && tls.kind !== "outside")
    return { field: "tls", key: "access-gateway-tls" };
  if (way === "nodePort" && tls.kind === "acme") return { field: "tls", key: "access-acme-port" };
  const needsName = way === "ingress" || way === "gateway" || tls.kind === "acme" || tls.kind === "given";
  if (host === undefined)
    return needsName || tls.kind === "selfSigned" ? { field: "host", key: "access-host-needed" } : undefined;
  return isAddress(host) && (way === "ingress" || way === "gateway" || tls.kind === "acme")
    ? { field: "host", key: "access-host-ip" }
    : undefined;
}

/** Whether browsers reach it over https. */
export function isSecure({ tls }: Pick<AccessSettings, "tls">): boolean {
  return tls.kind !== "none";
}

/** A text in PEM, or the file it is in on the computer that runs Flowdeck. */
export const pemSource = z.union([
  z.strictObject({ path: z.string().min(1).max(4000) }),
  z.strictObject({ text: z.string().min(1).max(1_000_000) }),
]);
export type PemSource = z.infer<typeof pemSource>;

/** A certificate with those that signed it, and its private key. */
export const givenCertificate = z.object({ certificate: pemSource, key: pemSource });
export type GivenCertificate = z.infer<typeof givenCertificate>;

export const certificateFacts = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** What it is for: DNS names and addresses. */
  names: z.array(z.string()),
  /** ISO 8601. */
  from: z.string(),
  to: z.string(),
  selfSigned: z.boolean(),
  fingerprint: z.string(),
});
export type CertificateFacts = z.infer<typeof certificateFacts>;

/** What is wrong with a certificate, and what to do. `bad`: it can't be used. */
export const certificateProblem = z.object({
  level: z.enum(["bad", "warn"]),
  said: message,
  advice: message.optional(),
});
export type CertificateProblem = z.infer<typeof certificateProblem>;

export const certificateCheck = z.object({
  /** Absent where it can't be read. */
  facts: certificateFacts.optional(),
  problems: z.array(certificateProblem),
});
export type CertificateCheck = z.infer<typeof certificateCheck>;

/** What an object becomes, and why. Values of Secrets are never in it. */
export const accessChange = z.object({
  object: objectRef,
  what: z.enum(["create", "change", "delete"]),
  because: message,
  fields: z.array(fieldChange),
});
export type AccessChange = z.infer<typeof accessChange>;

export const accessPlan = z.object({
  /** Stands for what was shown: exactly this is done, or nothing. */
  digest: z.string(),
  changes: z.array(accessChange),
  warnings: z.array(certificateProblem),
});
export type AccessPlan = z.infer<typeof accessPlan>;

/** What this computer found out about the name. */
export const dnsAnswer = z.object({
  name: z.string(),
  /** The record to make: absent while there is no address to point to. */
  record: z.object({ type: z.enum(["A", "AAAA", "CNAME"]), to: z.string() }).optional(),
  found: z.array(z.string()),
  /** `hosts`: DNS has no such name, but this computer's own list of hosts has. */
  state: z.enum(["right", "other", "missing", "hosts", "failed"]),
  why: message.optional(),
});
export type DnsAnswer = z.infer<typeof dnsAnswer>;

/** One attempt to reach the dashboard as a browser would. */
export const accessAnswer = z.object({
  /** Where the connection went: an address and a port of the installation. */
  at: z.string(),
  /** From connecting to the head of the answer. */
  ms: z.number().optional(),
  status: z.number().optional(),
  /** Someone without a session is led to the sign-in. */
  signIn: z.boolean(),
  /** Path of a redirect, or where it leads elsewhere; not followed. */
  redirect: z.string().optional(),
  /** The redirect leads to https. */
  toHttps: z.boolean().optional(),
  tls: z
    .object({ facts: certificateFacts, trusted: z.boolean(), matches: z.boolean(), why: z.string().optional() })
    .optional(),
  error: appError.optional(),
});
export type AccessAnswer = z.infer<typeof accessAnswer>;

export const accessView = z.object({
  access: accessSettings,
  /** What people open; absent while there is no address. */
  url: z.string().optional(),
  /** Why there is no address yet, and what helps. */
  waiting: z.object({ said: message, advice: message.optional(), since: z.number().optional() }).optional(),
  dns: dnsAnswer.optional(),
  answer: accessAnswer.optional(),
  /** What becomes of someone who opens the address over plain HTTP, where that is another port: port 80 of the same address. */
  plain: z.object({ at: z.string(), state: z.enum(["redirected", "served", "closed"]) }).optional(),
  /** What cert-manager says of the certificate. */
  certificate: z.object({ ready: z.boolean(), why: z.array(message), to: z.string().optional() }).optional(),
  /** What will be, or is, a problem. */
  attention: z.array(certificateProblem),
  /** ISO 8601. */
  checkedAt: z.string(),
  /** Some of it is being looked at. */
  looking: z.boolean(),
});
export type AccessView = z.infer<typeof accessView>;

/** Until it is `record`, giving up leaves everything as it was; after that, it only ends the waiting. */
export const accessProgress = z.object({
  state: z.enum(["running", "done", "failed", "cancelled"]),
  step: z.enum(["check", "try", "apply", "undo", "record", "rollout", "verify"]),
  done: z.number(),
  all: z.number(),
  /** The cluster has the change. */
  changed: z.boolean().default(false),
  /** Deployments whose pods the change restarts. */
  restarts: z.array(objectRef).optional(),
  waitsFor: message.optional(),
  /** How it is reached now, as seen from here. */
  view: accessView.optional(),
  /** The change was made, but something of it does not come up. */
  trouble: appError.optional(),
  /** With `done`: that the folder could not be written. With `failed`: why. */
  error: appError.optional(),
});
export type AccessProgress = z.infer<typeof accessProgress>;

/** Until when the certificate of an installation is valid, as it was seen last. */
export const certificateExpiry = z.object({
  kfDir: z.string(),
  name: z.string(),
  /** Where it was installed. */
  context: contextId.optional(),
  /** Whom it is for. */
  subject: z.string(),
  /** ISO 8601. */
  to: z.string(),
  /** Absent while there is time. */
  attention: certificateProblem.optional(),
});
export type CertificateExpiry = z.infer<typeof certificateExpiry>;

const expiryQuery = z.object({
  /** A cluster that is connected to; no other is contacted. */
  context: contextId.optional(),
});

export const accessChoices = z.object({
  ingressClasses: z.array(z.string()),
  gateways: z.array(z.object({ name: z.string(), namespace: z.string() })),
  certManager: z.boolean(),
});
export type AccessChoices = z.infer<typeof accessChoices>;

const change = z.object({
  kfDir: z.string().min(1),
  context: contextId,
  access: accessSettings,
  /** With a given certificate, unless the one that is kept stays. */
  certificate: givenCertificate.optional(),
});

export const wayInContract = {
  /** Reads a certificate and its key and says what is wrong with them. Nothing is written. */
  "wayIn.check": method(givenCertificate.extend({ host: hostName.optional() }), certificateCheck),
  /** What the cluster offers to choose from. */
  "wayIn.choices": method(z.object({ context: contextId }), accessChoices),
  /** How an installation is reached, looked at and tried again every so often until closed. */
  "wayIn.watch": stream(z.object({ context: contextId, kfDir: z.string().min(1).optional() }), accessView),
  /** The certificates of the installations that this computer knows, the first to expire first. */
  "wayIn.expiries": method(expiryQuery, z.array(certificateExpiry)),
  /** The same now and after changes, as long as it is read. */
  "wayIn.watchExpiries": stream(expiryQuery, z.array(certificateExpiry)),
  /** What another way would change in the cluster. Changes nothing. */
  "wayIn.plan": method(change, accessPlan),
  /** Changes it as it was shown, waits for the pods and tries the address; what fails before leaves everything as it was. */
  "wayIn.apply": stream(change.extend({ digest: z.string() }), accessProgress),
};
