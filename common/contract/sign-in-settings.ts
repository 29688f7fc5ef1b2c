import { z } from "zod";
import { recordedConnector } from "./connectors.ts";

/** The name of an environment variable: Dex reads each person's hash from one. */
const passwordKey = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,252}$/);

/** Someone who can sign in with a password, as flowdeck.yaml records them. The hash is not in it. */
export const recordedPerson = z.object({
  email: z.string().min(1).max(254),
  username: z.string().max(200),
  userId: z.string().max(200),
  passwordKey,
  /** Kept, with the password, but left out of what Dex reads. */
  disabled: z.boolean().default(false),
});
export type RecordedPerson = z.infer<typeof recordedPerson>;

/** The most people that are kept in Dex's own list: they share a ConfigMap, a Secret, and one start of Dex. */
export const mostPeople = 1000;

/** What was changed about signing in after the installation, so that installing again keeps it. */
export const signInSettings = z.object({
  /** Everyone in Dex's list; absent: only the person whose address is `email`. */
  people: z.array(recordedPerson).max(mostPeople).optional(),
  /** Identity providers that Dex passes people on to. */
  connectors: z.array(recordedConnector).max(50).optional(),
});
export type SignInSettings = z.infer<typeof signInSettings>;

/** Secrets of signing in that are given once, when the installation starts. */
export const signInSecrets = z.object({
  /** Of Dex's connectors, by the variable that Dex reads them from. */
  connectors: z.record(z.string().regex(/^DEX_CONNECTOR_[A-Z0-9_]+$/), z.string().min(1).max(2000)).optional(),
  oidcClientSecret: z.string().min(1).max(2000).optional(),
});
export type SignInSecrets = z.infer<typeof signInSecrets>;
