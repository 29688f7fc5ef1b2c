import type { ContextId, SignInChange, SignInProgress } from "../../common/contract/index.ts";
import type { Message } from "../../common/words/index.ts";
import type { ClusterClient } from "../cluster/index.ts";
import type { Installer } from "../install/index.ts";

/** A change that was reviewed, and what is needed to carry it out. */
export interface Work {
  client: ClusterClient;
  installer: Pick<Installer, "signInRecord" | "openDashboard">;
  context: ContextId;
  kfDir: string | undefined;
  change: SignInChange;
  digest: string;
  signal: AbortSignal;
  tell: (progress: Partial<Omit<SignInProgress, "notes">>) => void;
  note: (tone: SignInProgress["notes"][number]["tone"], said: Message) => void;
  /** bcrypt's, lower in tests. */
  cost?: number;
}

/** Secrets that get a new value. */
export interface Rotated {
  oauthClientSecret?: string;
  oauthCookieSecret?: string;
}
