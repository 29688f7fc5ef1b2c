import { type Message, textOf } from "../../../common/words/index.ts";
import type { Draft } from "./draft.ts";
import type { Answer, Ask } from "./run-types.ts";

/** What usually passes by itself is asked again soon; what the user has to mend (sign in again) only now and then. */
const soon = { ms: 200, maxMs: 5_000 };
const slowly = { ms: 5_000, maxMs: 30_000 };
/** So long without trouble, and the next one begins with a short pause again. */
const calmMs = 60_000;
/** After a no, by what was asked. */
const pauses = { kind: { ms: 100, maxMs: 2000 }, dryRun: { ms: 150, maxMs: 2000 } };

export function askId(ask: Ask): string {
  return ask.of === "kind" ? kindId(ask.apiVersion, ask.kind) : ask.gate;
}

export function kindId(apiVersion: string, kind: string): string {
  return `${apiVersion}/${kind}`;
}

/** Begins to ask until the answer is yes, or nobody needs it any more; asking again for the same is free. */
export function ask(draft: Draft, question: Ask): void {
  const id = askId(question);
  if (draft.asks.has(id)) return;
  draft.asks.set(id, { ask: question, refusals: 0 });
  put(draft, question);
}

/** Asks now, or when its turn comes. */
function put(draft: Draft, question: Ask): void {
  const id = askId(question);
  if (!isWanted(draft, question)) {
    draft.asks.delete(id);
    return;
  }
  if (draft.access.because === undefined) {
    draft.do({ type: "ask", ask: question });
    return;
  }
  draft.access = { ...draft.access, waiting: [...draft.access.waiting, id] };
  nextTurn(draft);
}

/** While the API server can't be asked, questions go one at a time, each after a pause that grows with every failure. */
function nextTurn(draft: Draft): void {
  const { access } = draft;
  if (access.turn !== undefined || access.because === undefined || access.waiting.length === 0) return;
  draft.access = { ...access, turn: { asking: undefined } };
  const pause = access.soon ? soon : slowly;
  draft.wake({ of: "turn", era: access.era }, { attempt: Math.max(0, access.failures - 1), ...pause });
}

/** The pause before the next question is over. */
export function takeTurn(draft: Draft, era: number): void {
  if (era !== draft.access.era || draft.access.because === undefined) return;
  const waiting = [...draft.access.waiting];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    const question = draft.asks.get(id)?.ask;
    if (!question || !isWanted(draft, question)) {
      draft.asks.delete(id);
      continue;
    }
    draft.access = { ...draft.access, waiting, turn: { asking: id } };
    draft.do({ type: "ask", ask: question });
    return;
  }
  draft.access = { ...draft.access, waiting: [], turn: undefined };
}

/** The pause after a no is over. */
export function askAgain(draft: Draft, id: string): void {
  const asked = draft.asks.get(id);
  if (!asked) return;
  // Only for what it says: where it can't be read, nothing is lost.
  const node = asked.ask.of === "kind" ? draft.view.nodes.get(asked.ask.definition) : undefined;
  if (node && asked.refusals % 5 === 0 && isWanted(draft, asked.ask)) draft.do({ type: "readDefinition", node });
  put(draft, asked.ask);
}

export function answered(draft: Draft, question: Ask, answer: Answer): void {
  const id = askId(question);
  if (answer.is === "unanswered") {
    hindered(draft, id, answer.because, answer.soon);
    if (draft.asks.has(id)) put(draft, question);
    nextTurn(draft);
    return;
  }
  unhindered(draft);
  const because = answer.is === "no" ? answer.because : undefined;
  if (question.of === "dryRun") draft.dryRuns.set(question.gate, { passed: answer.is === "yes", because });
  if (answer.is === "yes") {
    if (question.of === "kind") draft.served.add(id);
    draft.asks.delete(id);
  } else {
    const refusals = draft.asks.get(id)?.refusals ?? 0;
    draft.asks.set(id, { ask: question, refusals: refusals + 1 });
    draft.wake({ of: "ask", ask: id }, { attempt: refusals, ...pauses[question.of] });
  }
  draft.look();
}

function hindered(draft: Draft, id: string, because: Message, isSoon: boolean): void {
  const { access, at } = draft;
  const isFirst = access.because === undefined;
  const inTurn = access.turn?.asking === id;
  const before = isFirst && at - access.failedAt > calmMs ? 0 : access.failures;
  draft.access = {
    ...access,
    because,
    soon: isSoon,
    // Questions that were under way together fail together: that is one failure.
    failures: isFirst || inTurn ? before + 1 : before,
    failedAt: at,
    turn: inTurn ? undefined : access.turn,
  };
  if (access.because && textOf(access.because, "en") === textOf(because, "en")) return;
  draft.look();
  draft.refresh();
}

/** The first that is answered lets the others go. */
function unhindered(draft: Draft): void {
  const { access } = draft;
  if (access.because === undefined) return;
  draft.access = { ...access, because: undefined, waiting: [], era: access.era + 1, turn: undefined };
  for (const id of access.waiting) {
    const question = draft.asks.get(id)?.ask;
    if (question) put(draft, question);
  }
  draft.look();
  draft.refresh();
}

/** Does a gate that may still open need the answer? */
function isWanted(draft: Draft, question: Ask): boolean {
  if (question.of === "dryRun") return !draft.isDecided(question.gate);
  const { apiVersion, kind } = question;
  return draft.view.plan.gates.some(
    ({ id, condition }) =>
      condition.type === "served" &&
      !draft.isDecided(id) &&
      condition.definitions.some((one) => one.apiVersion === apiVersion && one.kind === kind),
  );
}
