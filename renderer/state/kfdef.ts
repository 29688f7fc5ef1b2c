import { create } from "zustand";
import type { AppError, KfDefChoices, KfDefDocument, KfDefEdit } from "../../common/contract/index.ts";
import { client, settle } from "./client.ts";
import { setKfDefDraft } from "./draft.ts";

export interface KfDefState {
  /** The file that is open; what is below is about it. */
  configUri: string | undefined;
  /** KF_DIR's own copy of it, where an installation is there: that is read in its place. */
  copy: string | undefined;
  /** As it was last read without an error. */
  document: KfDefDocument | undefined;
  /** As it stands in the editor: of `document`, or on the way to be read. */
  text: string;
  reading: boolean;
  /** Why the file, or the text that was written, can't be read. */
  error: AppError | undefined;
  /** Why the last edit by a form was not made. */
  editError: AppError | undefined;
  /** Earlier texts, the last one last. */
  earlier: readonly string[];
  /** The text that the file itself has, where that is known. */
  original: string | undefined;
  /** Values of secrets, by name: here and nowhere else. */
  secrets: Readonly<Record<string, string>>;
  /** What applications' folders offer, by where they are. */
  choices: Readonly<Record<string, KfDefChoices | { error: AppError }>>;
}

const none: KfDefState = {
  configUri: undefined,
  copy: undefined,
  document: undefined,
  text: "",
  reading: false,
  error: undefined,
  editError: undefined,
  earlier: [],
  original: undefined,
  secrets: {},
  choices: {},
};

export const useKfDef = create<KfDefState>(() => none);

const mostUndone = 100;
/** Reading takes a moment per key only once typing has paused. */
const pauseMs = 350;
let timer: ReturnType<typeof setTimeout> | undefined;
/** Each question's number: an answer to an earlier one is dropped. */
let asked = 0;
let edits: Promise<void> = Promise.resolve();
/** Stands for what edits are made to: another file is another, and so is the same one without its edits. */
let subject = {};
let opening: Promise<void> = Promise.resolve();

export interface OpenOptions {
  /** The text as it was edited before. */
  edited?: string | undefined;
  /** KF_DIR's own copy, which is read in the file's place where it is there. */
  copy?: string | undefined;
  again?: boolean;
}

/**
 * Opens a file. One that is open already stays as it is, unless asked `again`; what was written in it and could not be
 * read yet stays also where only its copy in KF_DIR was found.
 */
export function openKfDef(configUri: string, options: OpenOptions = {}): Promise<void> {
  const { copy, again = false } = options;
  const known = useKfDef.getState();
  const same = known.configUri === configUri;
  if (!again && same && known.copy === copy && (known.document !== undefined || known.reading)) return opening;
  const unread = same && !again && known.document !== undefined && known.text !== known.document.text;
  const edited = unread ? known.text : options.edited;
  clearTimeout(timer);
  if (!same || again) subject = {};
  useKfDef.setState({
    ...none,
    configUri,
    copy,
    reading: true,
    ...(same ? { secrets: known.secrets, choices: known.choices } : {}),
    ...(unread ? { document: known.document, text: known.text, earlier: known.earlier } : {}),
  });
  opening = edited === undefined ? readFile(configUri, copy) : read(configUri, edited);
  return opening;
}

async function read(configUri: string, text: string | undefined): Promise<void> {
  const number = ++asked;
  useKfDef.setState({ reading: true });
  const answer = await settle(client().call("kfdef.read", { configUri, ...(text === undefined ? {} : { text }) }));
  if (number !== asked) return;
  take(answer, text);
}

/** KF_DIR's copy where there is one, else what CONFIG_URI leads to. */
async function readFile(configUri: string, copy: string | undefined): Promise<void> {
  if (copy === undefined) return read(configUri, undefined);
  const number = ++asked;
  const answer = await settle(client().call("kfdef.read", { configUri: copy }));
  if (number !== asked) return;
  if (answer.ok) take(answer, undefined);
  else await read(configUri, undefined);
}

function take(answer: { ok: true; value: KfDefDocument } | { ok: false; error: AppError }, text: string | undefined) {
  if (!answer.ok) {
    useKfDef.setState({ reading: false, error: answer.error, ...(text === undefined ? {} : { text }) });
    return;
  }
  const document = answer.value;
  useKfDef.setState({
    reading: false,
    error: undefined,
    document,
    // what was typed stays as it was typed
    text: text ?? document.text,
    ...(text === undefined ? { original: document.text } : {}),
  });
  if (text !== undefined) keep(document);
}

/** Only texts that were read are kept: in them no secret stands in the clear. */
function keep({ text }: KfDefDocument): void {
  const { configUri, original } = useKfDef.getState();
  if (configUri === undefined) return;
  setKfDefDraft({ edited: text === original ? undefined : { configUri, text } });
}

/** Takes what was typed; it is read once typing pauses. */
export function writeKfDef(text: string): void {
  const { configUri, text: before, document } = useKfDef.getState();
  if (configUri === undefined || text === before) return;
  useKfDef.setState((state) => ({
    text,
    reading: true,
    editError: undefined,
    // the first of a run of keys is what can be gone back to
    earlier: before === document?.text ? remembered(state.earlier, before) : state.earlier,
  }));
  clearTimeout(timer);
  timer = setTimeout(() => void read(configUri, text), pauseMs);
}

/** Edits the text, one edit after the other. A text that can't be read can't be edited this way. */
export function editKfDef(edit: KfDefEdit): Promise<void> {
  const of = subject;
  edits = edits.then(() => applyEdit(edit, of));
  return edits;
}

async function applyEdit(edit: KfDefEdit, of: typeof subject): Promise<void> {
  await opening;
  const { configUri, document, error, text } = useKfDef.getState();
  if (of !== subject || configUri === undefined || document === undefined || error !== undefined) return;
  const number = ++asked;
  const opened = opening;
  clearTimeout(timer);
  const answer = await settle(client().call("kfdef.edit", { configUri, text, edit }));
  // its copy in KF_DIR was found meanwhile
  if (opened !== opening) return applyEdit(edit, of);
  if (number !== asked) return;
  if (!answer.ok) {
    useKfDef.setState({ reading: false, editError: answer.error });
    return;
  }
  const edited = answer.value;
  useKfDef.setState((state) => ({
    reading: false,
    editError: undefined,
    document: edited,
    text: edited.text,
    earlier: remembered(state.earlier, document.text),
  }));
  keep(edited);
}

function remembered(earlier: readonly string[], text: string): readonly string[] {
  return earlier.at(-1) === text ? earlier : [...earlier, text].slice(-mostUndone);
}

/** Goes back to the text before the last edit. */
export async function undoKfDef(): Promise<void> {
  const { configUri, earlier } = useKfDef.getState();
  const before = earlier.at(-1);
  if (configUri === undefined || before === undefined) return;
  clearTimeout(timer);
  useKfDef.setState({ earlier: earlier.slice(0, -1), text: before });
  await read(configUri, before);
}

/** Forgets every edit: the file as its address gives it. */
export async function resetKfDef(): Promise<void> {
  const { configUri, copy } = useKfDef.getState();
  if (configUri === undefined) return;
  setKfDefDraft({ edited: undefined });
  await openKfDef(configUri, { copy, again: true });
}

export function setSecret(name: string, value: string): void {
  useKfDef.setState(({ secrets }) => ({ secrets: { ...secrets, [name]: value } }));
}

/** The values that were given, of secrets that the text still has. */
export function givenSecrets(): Record<string, string> {
  const { secrets, document } = useKfDef.getState();
  const names = new Set(document?.secrets.map(({ name }) => name));
  return Object.fromEntries(Object.entries(secrets).filter(([name, value]) => names.has(name) && value !== ""));
}

export function choicesKey({ repo, path }: { repo: string; path: string }): string {
  return `${repo}/${path}`;
}

/** Asks what an application's folder offers, once; the repo may have to be fetched for it. */
export async function loadChoices(application: string): Promise<void> {
  const { configUri, document, choices } = useKfDef.getState();
  const found = document?.applications.find(({ name }) => name === application);
  if (configUri === undefined || document === undefined || found === undefined) return;
  const key = choicesKey(found);
  const known = choices[key];
  if (known !== undefined && !("error" in known)) return;
  const answer = await settle(client().call("kfdef.choices", { configUri, text: document.text, application }));
  if (useKfDef.getState().configUri !== configUri) return;
  useKfDef.setState((state) => ({
    choices: { ...state.choices, [key]: answer.ok ? answer.value : { error: answer.error } },
  }));
}
