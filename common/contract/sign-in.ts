import { z } from "zod";
import { connectorDraft } from "./connectors.ts";
import { contextId } from "./context-id.ts";
import { method, stream } from "./define.ts";
import { appError } from "./errors.ts";
import { message } from "./message.ts";
import { mostPeople } from "./sign-in-settings.ts";

export const signInPerson = z.object({
  email: z.string(),
  username: z.string(),
  disabled: z.boolean(),
  /** The hash is where the list says it is. Without one, Dex does not start. */
  hasPassword: z.boolean(),
});
export type SignInPerson = z.infer<typeof signInPerson>;

export const signInState = z.object({
  /** `none`: no one signs in, or not with Dex. */
  way: z.enum(["dex", "none"]),
  people: z.array(signInPerson),
  /** Identity providers that Dex passes people on to. */
  connectors: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      name: z.string(),
      /** Without secrets, to be changed; absent for one that was made elsewhere. */
      draft: connectorDraft.optional(),
    }),
  ),
  /** Whether changes can be recorded in KF_DIR, too. */
  recorded: z.boolean(),
  /** The object that people are read from. */
  source: z.object({ namespace: z.string(), name: z.string() }),
});
export type SignInState = z.infer<typeof signInState>;

/** Checked by the backend, which says what is wrong and where. */
const address = z.string().max(500);
const secret = z.string().max(500);
const addresses = z.array(address).min(1).max(mostPeople);

/** Someone to try a connector with; it is stored nowhere. */
export const signInProbe = z.object({ login: z.string().min(1).max(300), password: secret.min(1) });
export type SignInProbe = z.infer<typeof signInProbe>;

export const signInChange = z.discriminatedUnion("do", [
  z.object({ do: z.literal("add"), email: address, username: z.string().max(500), password: secret }),
  /** A table (CSV) with the columns email, name and password; where a password is missing, one is generated. */
  z.object({ do: z.literal("import"), text: z.string().max(12_000_000) }),
  z.object({ do: z.literal("password"), email: address, password: secret }),
  z.object({ do: z.literal("disable"), emails: addresses }),
  z.object({ do: z.literal("enable"), emails: addresses }),
  z.object({ do: z.literal("remove"), emails: addresses }),
  /** Adds a connector, or replaces the one with this id. It is tried from here first. */
  z.object({ do: z.literal("connector"), draft: connectorDraft, probe: signInProbe.optional() }),
  z.object({ do: z.literal("removeConnector"), id: z.string().max(100) }),
  /** New secrets: of cookies, which signs everyone out, or the one that Dex and oauth2-proxy share. */
  z.object({ do: z.literal("rotate"), what: z.enum(["cookie", "client"]) }),
]);
export type SignInChange = z.infer<typeof signInChange>;

export const signInReview = z.object({
  /** What will be different, a sentence each. */
  changes: z.array(message),
  /** What to know before. */
  warnings: z.array(message),
  /** What was found out by trying it. */
  checks: z.array(message),
  /** With any of these, nothing is written. */
  errors: z.array(z.object({ line: z.number().optional(), said: message })),
  /** What is written, and what is restarted: `ConfigMap auth/dex`. */
  writes: z.array(z.string()),
  /** Identifies what was reviewed; it is rejected when the cluster has changed since. */
  digest: z.string(),
});
export type SignInReview = z.infer<typeof signInReview>;

export const signInSteps = ["prepare", "write", "restart", "try", "record"] as const;

export const signInProgress = z.object({
  state: z.enum(["running", "done", "failed"]),
  step: z.enum(signInSteps),
  /** From 0 to 1, of this step. */
  fraction: z.number(),
  /** What there is to say about how it went. */
  notes: z.array(z.object({ tone: z.enum(["ok", "info", "warn"]), said: message })),
  problem: appError.optional(),
  /** Generated passwords: given once, when all is done. */
  passwords: z.array(z.object({ email: z.string(), password: z.string() })).optional(),
});
export type SignInProgress = z.infer<typeof signInProgress>;

const place = z.object({ context: contextId, kfDir: z.string().min(1).optional() });

export const signInFinding = z.object({ tone: z.enum(["ok", "warn", "bad"]), said: message });
export type SignInFinding = z.infer<typeof signInFinding>;

export const signInContract = {
  /** Tries a connector, or a provider as one of type `oidc`, from this computer. Stores nothing. */
  "signIn.check": method(
    z.object({ draft: connectorDraft, probe: signInProbe.optional() }),
    z.object({ findings: z.array(signInFinding) }),
  ),
  /** Who can sign in, and how, as the cluster has it now. */
  "signIn.read": method(place, signInState),
  /** What a change would do. Writes nothing. */
  "signIn.review": method(place.extend({ change: signInChange }), signInReview),
  /** Carries out a change that was reviewed; ending the stream before it is done takes it back. */
  "signIn.apply": stream(place.extend({ change: signInChange, digest: z.string() }), signInProgress),
};
