import { randomBytes } from "node:crypto";
import {
  type AppError,
  FlowdeckError,
  type RecordedConnector,
  saidOf,
  toAppError,
} from "../../common/contract/index.ts";
import { fields, parseJson } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import { disabledPeople } from "../install/index.ts";
import { type Desired, desired } from "./desired.ts";
import { type DexInCluster, readProxy, refs, theDex, valuesOf } from "./dex-in-cluster.ts";
import { type Hashed, hashPasswords, moveIntoSecret } from "./passwords.ts";
import { openRecord, prepareRecord, recordedChange } from "./record-change.ts";
import { digestOf } from "./review.ts";
import { untilRolledOut } from "./rollout.ts";
import { tryFirst } from "./try-first.ts";
import type { Rotated, Work } from "./work.ts";
import { configPatch, dataPatch, type Patch, restartPatch, Written } from "./write-change.ts";

/**
 * Carries out a change: hashes, writes, waits until Dex runs with it, tries it, and records it. Where Dex does not start,
 * or it is cancelled before that, everything is as before.
 * @throws FlowdeckError `invalid-input`, `plan-stale`, `verify-failed`, and what the cluster and the folder throw.
 */
export async function applyChange(work: Work): Promise<void> {
  const { client, signal, tell, note, change } = work;
  tell({ step: "prepare", fraction: 0 });
  const dex = await theDex(client, signal);
  if (digestOf(dex, change) !== work.digest)
    throw new FlowdeckError("plan-stale", message("people.stale"), { advice: message("people.staleWay") });
  const plan = desired(dex, change);
  const [fault] = plan.errors;
  if (fault !== undefined) throw new FlowdeckError("invalid-input", fault.said);
  const proxy = await readProxy(client, signal);
  const dexSecret = await client.get(refs.client, signal);
  const secretValues = [dex.passwords, dexSecret, proxy?.secret].flatMap((secret) => Object.values(valuesOf(secret)));
  await using held = new AsyncDisposableStack();
  const record = await openRecord(work, secretValues);
  if (record !== undefined) held.use(record);
  const made = await hashPasswords(plan.people, {
    signal,
    onProgress: (fraction) => tell({ fraction }),
    ...(work.cost === undefined ? {} : { cost: work.cost }),
  });
  const hashed = dex.passwords === undefined ? made : moveIntoSecret(made);
  const rotated = rotatedBy(plan);
  const recorded = prepareRecord(
    work,
    record,
    recordedChange(hashed, rotated, valuesOf(dex.passwords), { plan, record }),
  );
  const marks = {
    dex: recorded?.marks.dex ?? randomBytes(16).toString("hex"),
    proxy: recorded?.marks.proxy ?? randomBytes(16).toString("hex"),
  };

  const patches: (Patch | undefined)[] = [];
  const isRotation = plan.rotate !== undefined;
  if (!isRotation) {
    const on = hashed.people.filter(({ disabled }) => !disabled);
    dex.config.setPeople(on);
    changeConnectors(dex, plan);
    if (dex.passwords !== undefined) {
      const data = {
        ...passwordData(hashed, valuesOf(dex.passwords)),
        ...connectorData(dex, plan, valuesOf(dex.passwords)),
      };
      patches.push(dataPatch(refs.passwords, dex.passwords, data));
    }
    const off = disabledPeople(hashed.people.filter(({ disabled }) => disabled));
    patches.push(configPatch(dex.configMap, dex.config.toString(), off));
  }
  const restarts: { ref: typeof refs.dex; mark: string }[] = [];
  if (rotated.oauthClientSecret !== undefined && dexSecret !== undefined) {
    patches.push(dataPatch(refs.client, dexSecret, { OIDC_CLIENT_SECRET: base64(rotated.oauthClientSecret) }));
  }
  if (patches.some((patch) => patch !== undefined)) {
    patches.push(restartPatch(refs.dex, dex.deployment, marks.dex));
    restarts.push({ ref: refs.dex, mark: marks.dex });
  }
  if (isRotation) {
    if (proxy === undefined) throw new FlowdeckError("not-found", message("people.noProxy"));
    const { metadata } = proxy.secret;
    const ref = { apiVersion: "v1", kind: "Secret", namespace: "oauth2-proxy", name: metadata.name };
    patches.push(
      dataPatch(ref, proxy.secret, {
        ...(rotated.oauthClientSecret ? { "client-secret": base64(rotated.oauthClientSecret) } : {}),
        ...(rotated.oauthCookieSecret ? { "cookie-secret": base64(rotated.oauthCookieSecret) } : {}),
      }),
      restartPatch(refs.proxy, proxy.deployment, marks.proxy),
    );
    restarts.push({ ref: refs.proxy, mark: marks.proxy });
  }

  tell({ step: "write", fraction: 0 });
  const written = new Written(client);
  try {
    signal.throwIfAborted();
    await written.write(patches.filter((patch) => patch !== undefined));
    tell({ step: "restart", fraction: 0 });
    for (const [index, { ref, mark }] of restarts.entries()) {
      await untilRolledOut(client, ref, mark, signal);
      tell({ fraction: (index + 1) / restarts.length });
    }
  } catch (error) {
    throw await takenBack(written, error, signal);
  }
  // It runs now: from here on nothing is taken back.
  note("ok", message(isRotation ? "people.rotated" : "people.running"));
  tell({ step: "try", fraction: 0 });
  await tryFirst(work, plan, hashed);
  tell({ step: "record", fraction: 0 });
  if (recorded !== undefined) {
    try {
      await recorded.write();
      note("ok", message("people.recorded"));
    } catch (error) {
      note("warn", message("people.recordFailed", { why: saidOf(toAppError(error)) }));
    }
  }
  tell({ state: "done", fraction: 1, ...(hashed.generated.length === 0 ? {} : { passwords: hashed.generated }) });
}

const base64 = (value: string) => Buffer.from(value).toString("base64");

function rotatedBy({ rotate }: Desired): Rotated {
  // oauth2-proxy takes 16, 24 or 32 bytes and reads base64url.
  const value = randomBytes(32).toString("base64url");
  if (rotate === "client") return { oauthClientSecret: value };
  return rotate === "cookie" ? { oauthCookieSecret: value } : {};
}

/** Values in base64; keys of no one any more go, if Flowdeck made them. */
function passwordData(hashed: Hashed, now: Readonly<Record<string, string>>): Record<string, string | null> {
  const wanted = new Set(hashed.people.map(({ passwordKey }) => passwordKey));
  const gone = Object.keys(now).filter((key) => !wanted.has(key) && /^DEX_(PASSWORD_|USER_PASSWORD$)/.test(key));
  return {
    ...Object.fromEntries(gone.map((key) => [key, null])),
    ...Object.fromEntries(Object.entries(hashed.byKey).map(([key, hash]) => [key, base64(hash)])),
  };
}

function changeConnectors({ config, passwords }: DexInCluster, { connector }: Desired): void {
  if (connector === undefined) return;
  if ("remove" in connector) config.removeConnector(connector.remove);
  else config.putConnector(passwords === undefined ? withInline(connector.put, connector.secrets) : connector.put);
}

/** Where Dex reads no variables from a Secret, its own configuration has the secrets, as the release does it there. */
function withInline(connector: RecordedConnector, secrets: Readonly<Record<string, string>>): RecordedConnector {
  const config = JSON.stringify(connector.config).replace(/"\$(DEX_CONNECTOR_[A-Z0-9_]+)"/g, (written, name: string) =>
    secrets[name] === undefined ? written : JSON.stringify(secrets[name]),
  );
  return { ...connector, config: fields(parseJson(config)) };
}

/** New secrets of connectors, and the end of those that no connector names any more. */
function connectorData(
  { config }: DexInCluster,
  { connector }: Desired,
  now: Readonly<Record<string, string>>,
): Record<string, string | null> {
  const secrets = connector !== undefined && "put" in connector ? connector.secrets : {};
  const named = JSON.stringify(config.connectors);
  const gone = Object.keys(now).filter((key) => key.startsWith("DEX_CONNECTOR_") && !named.includes(`"$${key}"`));
  return {
    ...Object.fromEntries(gone.map((key) => [key, null])),
    ...Object.fromEntries(Object.entries(secrets).map(([key, value]) => [key, base64(value)])),
  };
}

/** The error to tell, once everything is as it was. */
async function takenBack(written: Written, error: unknown, signal: AbortSignal): Promise<unknown> {
  try {
    await written.undo();
  } catch (undoing) {
    const why = saidOf(toAppError(undoing));
    return new FlowdeckError("internal", message("people.notTakenBack", { why, first: saidOf(toAppError(error)) }), {
      advice: message("people.notTakenBackWay"),
    });
  }
  if (signal.aborted) return new FlowdeckError("cancelled", message("people.cancelled"));
  const { code, detail, ...problem }: AppError = toAppError(error);
  return new FlowdeckError(code, message("people.takenBack", { why: saidOf({ code, ...problem }) }), {
    ...(detail === undefined ? {} : { detail }),
  });
}
