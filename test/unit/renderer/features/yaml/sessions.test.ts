import { beforeEach, describe, expect, it } from "vitest";
import {
  contextId,
  type EditOutcome,
  type ObjectTarget,
  type ObjectText,
} from "../../../../../common/contract/index.ts";
import { verbatim } from "../../../../../common/words/index.ts";
import {
  beginEdit,
  discard,
  rebase,
  review,
  save,
  sessionKey,
  useSessions,
  wantEdit,
  write,
} from "../../../../../renderer/features/yaml/sessions.ts";
import type { Client } from "../../../../../renderer/state/api/client.ts";
import { provideClient } from "../../../../../renderer/state/client.ts";

const target: ObjectTarget = {
  context: contextId.parse("c"),
  group: "apps",
  version: "v1",
  plural: "deployments",
  kind: "Deployment",
  namespace: "default",
  name: "web",
};
const key = sessionKey(target);
const base: ObjectText = { yaml: "a: 1\n", uid: "u", resourceVersion: "1", masked: false };
const outcome: EditOutcome = { problems: [], warnings: [], changes: [], owners: [] };
const newest: ObjectText = { ...base, yaml: "a: 3\n", resourceVersion: "2" };
const moved = { newest, text: "a: 2\nb: 1\n", theirs: [], yours: [], clashes: ["a"] };

let asked: { name: string; input: unknown }[];
let answer: () => Promise<EditOutcome>;

const session = () => useSessions.getState().byKey[key];

beforeEach(() => {
  asked = [];
  answer = async () => outcome;
  const client: Pick<Client, "call" | "host"> = {
    host: "web",
    call: (async (name: string, input: unknown) => {
      asked.push({ name, input });
      return await answer();
    }) as Client["call"],
  };
  provideClient(client as Client);
  useSessions.setState({ byKey: {}, wanted: undefined, saved: undefined });
  beginEdit(target, base);
  write(key, "a: 2\n");
});

describe("an edit", () => {
  it("is looked at before it is stored", async () => {
    await review(key);
    expect(session()?.stage).toBe("review");
    answer = async () => ({ ...outcome, saved: newest });
    await save(key);
    expect(session()).toBeUndefined();
    expect(useSessions.getState().saved).toBe(key);
    expect(asked.map(({ name }) => name)).toEqual(["yaml.check", "yaml.save"]);
  });

  it("goes on being written where something is wrong, with what was said", async () => {
    answer = async () => ({ ...outcome, problems: [{ severity: "error", kind: "server", said: verbatim("no") }] });
    await review(key);
    expect(session()).toMatchObject({ stage: "write", checked: "a: 2\n", busy: undefined });
    answer = async () => ({ ...outcome, problems: [{ severity: "warning", kind: "ignored", said: verbatim("hm") }] });
    await review(key);
    expect(session()?.stage).toBe("review");
  });

  it("drops an answer about a text that was changed meanwhile", async () => {
    answer = async () => {
      write(key, "a: 22\n");
      return outcome;
    };
    await review(key);
    expect(session()).toMatchObject({ stage: "write", outcome: undefined, busy: undefined });
  });

  it("is not lost when storing fails, or meets somebody else's change", async () => {
    answer = () => Promise.reject(new Error("gone"));
    await save(key);
    expect(session()).toMatchObject({ text: "a: 2\n", busy: undefined, error: { message: "gone" } });
    answer = async () => ({ ...outcome, moved });
    await save(key);
    expect(session()).toMatchObject({ text: "a: 2\n", stage: "write", outcome: { moved: { clashes: ["a"] } } });
  });

  it("asks before it is put onto a newer version that clashes, then begins with that version", async () => {
    answer = async () => ({ ...outcome, moved });
    await rebase(key, "ask");
    expect(session()).toMatchObject({ base, text: "a: 2\n" });
    await rebase(key, "mine");
    expect(session()).toMatchObject({ base: newest, text: moved.text, outcome: undefined });
    expect(asked.at(-1)?.input).toMatchObject({ clashes: "mine" });
  });

  it("is gone on with when asked for again, and begun at most once", () => {
    wantEdit(target);
    expect(useSessions.getState().wanted).toBeUndefined();
    beginEdit(target, newest);
    expect(session()?.text).toBe("a: 2\n");
    discard(key);
    wantEdit(target);
    expect(useSessions.getState().wanted).toBe(key);
  });
});
