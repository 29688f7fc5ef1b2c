import {
  FlowdeckError,
  type RecordedConnector,
  recordedPerson,
  type SignInSettings,
  saidOf,
  toAppError,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { RecordedChange, SignInRecord } from "../install/index.ts";
import type { Desired } from "./desired.ts";
import type { Hashed } from "./passwords.ts";
import type { Rotated, Work } from "./work.ts";

/** The connectors that Flowdeck has made are recorded; those of others have their secrets in the configuration. */
function recordedConnectors({ connector }: Desired, before: readonly RecordedConnector[]): RecordedConnector[] {
  if (connector === undefined) return [...before];
  if ("remove" in connector) return before.filter(({ id }) => id !== connector.remove);
  const isKnown = before.some(({ id }) => id === connector.put.id);
  if (!isKnown) return [...before, connector.put];
  return before.map((one) => (one.id === connector.put.id ? connector.put : one));
}

export function recordedChange(
  { people, byKey }: Hashed,
  rotated: Rotated,
  now: Record<string, string>,
  { plan, record }: { plan: Desired; record: SignInRecord | undefined },
): RecordedChange {
  const known = record?.settings.signIn?.connectors;
  const connectors =
    known === undefined && plan.connector === undefined ? undefined : recordedConnectors(plan, known ?? []);
  const added = plan.connector !== undefined && "put" in plan.connector ? plan.connector.secrets : {};
  const connectorSecrets = Object.entries({ ...record?.secrets.connectors, ...now, ...added }).filter(([key]) =>
    JSON.stringify(connectors ?? []).includes(`"$${key}"`),
  );
  const hashes = { ...now, ...byKey };
  const { DEX_USER_PASSWORD: passwordHash, ...others } = hashes;
  const wanted = new Set(people.map(({ passwordKey }) => passwordKey));
  const signIn: SignInSettings = {
    people: people
      .map(({ email, username, userId, passwordKey = "", disabled }) => ({
        ...{ email, username, userId, passwordKey, disabled },
      }))
      .filter((person) => recordedPerson.safeParse(person).success),
    ...(connectors === undefined ? {} : { connectors }),
  };
  return {
    signIn,
    secrets: {
      ...rotated,
      ...(connectors === undefined ? {} : { connectors: Object.fromEntries(connectorSecrets) }),
      people: Object.fromEntries(Object.entries(others).filter(([key]) => wanted.has(key))),
      ...(passwordHash === undefined ? {} : { passwordHash }),
    },
  };
}

/** Where this computer can't record it, that is said, and is no reason not to change anything. */
export async function openRecord(
  { installer, kfDir, note }: Work,
  values: readonly string[],
): Promise<SignInRecord | undefined> {
  if (kfDir === undefined) return undefined;
  try {
    const record = await installer.signInRecord(kfDir, values);
    if (record === undefined) note("warn", message("people.notRecorded"));
    return record;
  } catch (error) {
    // Someone is working in the folder: what would be written now could be overwritten by that.
    if (error instanceof FlowdeckError && (error.code === "busy" || error.code === "folder-in-use")) throw error;
    note("warn", message("people.recordFailed", { why: saidOf(toAppError(error)) }));
    return undefined;
  }
}

export function prepareRecord(
  { note }: Work,
  record: SignInRecord | undefined,
  change: RecordedChange,
): ReturnType<SignInRecord["prepare"]> | undefined {
  try {
    return record?.prepare(change);
  } catch (error) {
    note("warn", message("people.recordFailed", { why: saidOf(toAppError(error)) }));
    return undefined;
  }
}
