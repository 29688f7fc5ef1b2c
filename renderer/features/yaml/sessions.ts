import { create } from "zustand";
import type { AppError, EditOutcome, ObjectTarget, ObjectText } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { forgetDraft, keepDraft, keptDrafts } from "./drafts.ts";

/** One object's text being edited. It stays when its tab is left. */
export interface EditSession {
  target: ObjectTarget;
  /** What the editing began with. */
  base: ObjectText;
  text: string;
  stage: "write" | "review";
  how: "update" | "apply";
  /** With `apply`: other managers' fields are taken over. */
  takeOver: boolean;
  busy: "checking" | "saving" | "rebasing" | undefined;
  /** What the API server said about `checked`. */
  outcome: EditOutcome | undefined;
  checked: string | undefined;
  error: AppError | undefined;
}

interface Sessions {
  byKey: Record<string, EditSession>;
  /** Whose editing begins as soon as its text is there. */
  wanted: string | undefined;
  /** Where something was stored just now, to be said. */
  saved: string | undefined;
}

const fresh = {
  stage: "write",
  how: "update",
  takeOver: false,
  busy: undefined,
  outcome: undefined,
  checked: undefined,
  error: undefined,
} as const;

export const useSessions = create<Sessions>(() => ({
  byKey: Object.fromEntries(keptDrafts().map((draft) => [sessionKey(draft.target), { ...fresh, ...draft }])),
  wanted: undefined,
  saved: undefined,
}));

export function sessionKey({ context, group, plural, namespace, name }: ObjectTarget): string {
  return [context, group, plural, namespace ?? "", name].join("|");
}

export const isChanged = ({ base, text }: EditSession) => text !== base.yaml;

function change(key: string, part: Partial<EditSession>): void {
  useSessions.setState(({ byKey }) => {
    const session = byKey[key];
    return session === undefined ? {} : { byKey: { ...byKey, [key]: { ...session, ...part } } };
  });
  const session = useSessions.getState().byKey[key];
  if (session && isChanged(session)) keepDraft(session);
}

/** Begins, or goes on with what was begun. */
export function beginEdit(target: ObjectTarget, base: ObjectText): void {
  const key = sessionKey(target);
  useSessions.setState(({ byKey }) => ({
    wanted: undefined,
    saved: undefined,
    byKey: { ...byKey, [key]: byKey[key] ?? { ...fresh, target, base, text: base.yaml } },
  }));
}

/** The object's editing begins when its YAML is on screen. */
export function wantEdit(target: ObjectTarget): void {
  const key = sessionKey(target);
  if (useSessions.getState().byKey[key] === undefined) useSessions.setState({ wanted: key });
}

export function discard(key: string): void {
  const session = useSessions.getState().byKey[key];
  if (session) forgetDraft(session);
  useSessions.setState(({ byKey }) => {
    const { [key]: _gone, ...rest } = byKey;
    return { byKey: rest, wanted: undefined };
  });
}

export function write(key: string, text: string): void {
  change(key, { text, error: undefined });
}

export function backToWriting(key: string): void {
  change(key, { stage: "write" });
}

/** Has the API server say what saving would do; shows it, unless something has to be corrected or decided first. */
export async function review(key: string, choice: Partial<Pick<EditSession, "how" | "takeOver">> = {}): Promise<void> {
  if (useSessions.getState().byKey[key]?.busy !== undefined) return;
  change(key, { ...choice, busy: "checking", error: undefined });
  const session = useSessions.getState().byKey[key];
  if (session === undefined) return;
  const { target, base, text, how, takeOver } = session;
  const answer = await settle(client().call("yaml.check", { target, base, text, how, takeOver }));
  // Written on meanwhile: what was said is about another text.
  if (useSessions.getState().byKey[key]?.text !== text) return change(key, { busy: undefined });
  if (!answer.ok) return change(key, { busy: undefined, error: answer.error, stage: "write" });
  change(key, { busy: undefined, outcome: answer.value, checked: text, stage: stageAfter(answer.value) });
}

function stageAfter(outcome: EditOutcome): "write" | "review" {
  const decide = outcome.moved !== undefined && outcome.moved.clashes.length > 0;
  const wrong = outcome.problems.some(({ severity }) => severity === "error");
  return decide || wrong ? "write" : "review";
}

/** Stores it. What another writer changed in other fields meanwhile is kept; a clash is shown instead. */
export async function save(key: string): Promise<void> {
  const session = useSessions.getState().byKey[key];
  if (session === undefined || session.busy !== undefined) return;
  change(key, { busy: "saving", error: undefined });
  const { target, base, text, how, takeOver } = session;
  const answer = await settle(client().call("yaml.save", { target, base, text, how, takeOver }));
  if (!answer.ok) return change(key, { busy: undefined, error: answer.error });
  if (answer.value.saved === undefined) {
    return change(key, { busy: undefined, outcome: answer.value, checked: text, stage: stageAfter(answer.value) });
  }
  discard(key);
  useSessions.setState({ saved: key });
}

/** Puts the edit onto what is stored now; `clashes` says who wins where both changed the same, `ask` shows that first. */
export async function rebase(key: string, clashes: "ask" | "mine" | "theirs"): Promise<void> {
  change(key, { busy: "rebasing", error: undefined });
  const session = useSessions.getState().byKey[key];
  if (session === undefined) return;
  const { target, base, text, how } = session;
  const answer = await settle(client().call("yaml.check", { target, base, text, how, clashes }));
  if (useSessions.getState().byKey[key]?.text !== text) return change(key, { busy: undefined });
  if (!answer.ok) return change(key, { busy: undefined, error: answer.error });
  const { moved } = answer.value;
  if (moved === undefined || (moved.clashes.length > 0 && clashes === "ask")) {
    return change(key, { busy: undefined, outcome: answer.value, checked: text, stage: "write" });
  }
  change(key, {
    busy: undefined,
    base: moved.newest,
    text: moved.text,
    outcome: undefined,
    checked: undefined,
    stage: "write",
  });
}
