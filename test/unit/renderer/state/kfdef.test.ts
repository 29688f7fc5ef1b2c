import { beforeEach, describe, expect, it, vi } from "vitest";
import { FlowdeckError, type KfDefDocument } from "../../../../common/contract/index.ts";
import { verbatim } from "../../../../common/words/index.ts";
import type { Client } from "../../../../renderer/state/api/client.ts";
import { provideClient } from "../../../../renderer/state/client.ts";
import { useDraft } from "../../../../renderer/state/draft.ts";
import {
  editKfDef,
  givenSecrets,
  openKfDef,
  resetKfDef,
  setSecret,
  undoKfDef,
  useKfDef,
  writeKfDef,
} from "../../../../renderer/state/kfdef.ts";

const uri = "/course/kfdef.yaml";

const read = (text: string, configUri = uri): KfDefDocument => ({
  configUri,
  fileName: "kfdef.yaml",
  // as the backend does: no secret stays in the text
  text: text.replace("secret", "VARIABLE"),
  apiVersion: "kfdef.apps.kubeflow.org/v1",
  namespace: "kubeflow",
  version: "v1.0.0",
  auth: "standard",
  applications: [],
  plugins: [],
  secrets: [{ name: "password", source: "literal", variable: "FLOWDECK_SECRET_PASSWORD" }],
  repos: [],
  issues: [],
});

interface Asked {
  name: string;
  input: { configUri: string; text?: string; edit?: { application: string } };
  answer: (document: KfDefDocument) => Promise<void>;
  fail: (error: Error) => Promise<void>;
}

/** Lets what waits for an answer go on. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A backend that keeps each call open until the test answers it. */
function heldClient(): Asked[] {
  const asked: Asked[] = [];
  const client = {
    call: (name: string, input: Asked["input"]) =>
      new Promise((resolve, reject) => {
        const then = (end: () => void) => {
          end();
          return settled();
        };
        asked.push({
          name,
          input,
          answer: (document) => then(() => resolve(document)),
          fail: (error) => then(() => reject(error)),
        });
      }),
  };
  provideClient(client as Pick<Client, "call"> as Client);
  return asked;
}

let asked: Asked[] = [];
const last = () => {
  const call = asked.at(-1);
  if (call === undefined) throw new Error("Nothing was asked.");
  return call;
};
const edited = () => useDraft.getState().kfdef.edited;

async function opened(text: string): Promise<void> {
  void openKfDef(uri);
  await last().answer(read(text));
}

describe("a KfDef in the wizard", () => {
  beforeEach(() => {
    vi.useRealTimers();
    useKfDef.setState(useKfDef.getInitialState());
    useDraft.setState({ kfdef: { file: "own", ownUri: uri, modernise: true } });
    asked = heldClient();
  });

  it("is read once, and again only when another is asked for", async () => {
    await opened("a");
    void openKfDef(uri);
    expect(asked).toHaveLength(1);
    void openKfDef("/course/other.yaml");
    expect(last().input).toEqual({ configUri: "/course/other.yaml" });
  });

  it("drops the answer about a file that is no longer asked for", async () => {
    void openKfDef(uri);
    const first = last();
    void openKfDef("/course/other.yaml");
    await last().answer(read("other", "/course/other.yaml"));
    await first.answer(read("late"));
    expect(useKfDef.getState()).toMatchObject({ configUri: "/course/other.yaml", text: "other" });
  });

  it("is the copy in KF_DIR where there is one, else what CONFIG_URI leads to", async () => {
    void openKfDef(uri, { copy: "/home/user/kf/kfdef.yaml" });
    expect(last().input).toEqual({ configUri: "/home/user/kf/kfdef.yaml" });
    await last().fail(new FlowdeckError("not-found", verbatim("No such file.")));
    expect(last().input).toEqual({ configUri: uri });
    await last().answer(read("a"));
    expect(useKfDef.getState()).toMatchObject({ configUri: uri, text: "a", error: undefined });
  });

  it("makes edits one after the other, each on the text of the one before", async () => {
    await opened("a");
    void editKfDef({ type: "remove-application", application: "one" });
    void editKfDef({ type: "remove-application", application: "two" });
    await settled();
    expect(asked.filter(({ name }) => name === "kfdef.edit")).toHaveLength(1);
    await last().answer(read("b"));
    expect(last().input).toMatchObject({ text: "b", edit: { application: "two" } });
    await last().answer(read("c"));
    expect(edited()).toEqual({ configUri: uri, text: "c" });
  });

  it("loses no edit and nothing typed where its copy in KF_DIR is found meanwhile", async () => {
    const copy = "/home/user/kf/kfdef.yaml";
    await opened("a");
    void editKfDef({ type: "remove-application", application: "one" });
    await settled();
    const early = last();
    void openKfDef(uri, { copy });
    const reading = last();
    await early.answer(read("a, edited"));
    await reading.answer(read("b", copy));
    expect(last()).toMatchObject({ name: "kfdef.edit", input: { text: "b", edit: { application: "one" } } });
    await last().answer(read("c"));
    expect(useKfDef.getState().text).toBe("c");

    vi.useFakeTimers();
    writeKfDef("c: [");
    void openKfDef(uri);
    vi.runAllTimers();
    vi.useRealTimers();
    expect(last().input).toEqual({ configUri: uri, text: "c: [" });
    await last().fail(new FlowdeckError("kfdef-invalid", verbatim("This is no YAML.")));
    expect(useKfDef.getState()).toMatchObject({ text: "c: [", document: { text: "c" } });
  });

  it("makes no edit that was asked for before all edits were forgotten", async () => {
    await opened("a");
    void editKfDef({ type: "remove-application", application: "one" });
    void editKfDef({ type: "remove-application", application: "two" });
    await settled();
    const early = last();
    void resetKfDef();
    const reading = last();
    await early.answer(read("a, edited"));
    await reading.answer(read("a"));
    expect(asked.filter(({ name }) => name === "kfdef.edit")).toHaveLength(1);
    expect(useKfDef.getState().text).toBe("a");
  });

  it("goes back one edit at a time; the file's own text is no edit", async () => {
    await opened("a");
    void editKfDef({ type: "remove-application", application: "one" });
    await settled();
    await last().answer(read("b"));
    void undoKfDef();
    expect(last().input).toEqual({ configUri: uri, text: "a" });
    await last().answer(read("a"));
    expect(edited()).toBeUndefined();
    expect(useKfDef.getState().earlier).toEqual([]);
  });

  it("forgets all edits on request", async () => {
    await opened("a");
    void editKfDef({ type: "remove-application", application: "one" });
    await settled();
    await last().answer(read("b"));
    void resetKfDef();
    expect(edited()).toBeUndefined();
    expect(last().input).toEqual({ configUri: uri });
  });

  it("says why an edit was refused and keeps the text", async () => {
    await opened("a");
    void editKfDef({ type: "remove-application", application: "one" });
    await settled();
    await last().fail(new FlowdeckError("invalid-input", verbatim("There is no application one.")));
    expect(useKfDef.getState()).toMatchObject({ text: "a", error: undefined });
    expect(useKfDef.getState().editError?.message).toBe("There is no application one.");
  });

  it("reads what is typed once typing pauses, and edits nothing by forms while it can't be read", async () => {
    await opened("a");
    vi.useFakeTimers();
    writeKfDef("a:");
    writeKfDef("a: [");
    expect(asked).toHaveLength(1);
    vi.runAllTimers();
    vi.useRealTimers();
    expect(last().input).toEqual({ configUri: uri, text: "a: [" });
    await last().fail(new FlowdeckError("kfdef-invalid", verbatim("This is no YAML.")));
    expect(useKfDef.getState()).toMatchObject({ text: "a: [", reading: false });
    expect(useKfDef.getState().document?.text).toBe("a");
    await editKfDef({ type: "remove-application", application: "one" });
    expect(last().name).toBe("kfdef.read");
    expect(edited()).toBeUndefined();
  });

  it("keeps no secret that was typed in the draft, and none of another file", async () => {
    await opened("a");
    vi.useFakeTimers();
    writeKfDef("value: secret");
    vi.runAllTimers();
    vi.useRealTimers();
    await last().answer(read("value: secret"));
    expect(edited()?.text).toBe("value: VARIABLE");
    setSecret("password", "s3cret");
    setSecret("unknown", "x");
    setSecret("empty", "");
    expect(givenSecrets()).toEqual({ password: "s3cret" });
    expect(JSON.stringify(useDraft.getState())).not.toContain("s3cret");
    void openKfDef("/course/other.yaml");
    expect(useKfDef.getState().secrets).toEqual({});
  });
});
