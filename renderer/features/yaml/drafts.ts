import type { ObjectTarget, ObjectText } from "../../../common/contract/index.ts";

/** An edit that is not stored yet, kept by this window until it is closed. Those of Secrets are not kept. */
export interface Draft {
  target: ObjectTarget;
  base: ObjectText;
  text: string;
}

const prefix = "flowdeck.draft.";

function storageKey({ context, group, plural, namespace, name }: ObjectTarget): string {
  return prefix + [context, group, plural, namespace ?? "", name].join("|");
}

export function keepDraft({ target, base, text }: Draft): void {
  if (base.masked) return;
  try {
    sessionStorage.setItem(storageKey(target), JSON.stringify({ target, base, text }));
  } catch {
    return; // storage is full or switched off: the draft lives as long as the page
  }
}

export function forgetDraft({ target }: Pick<Draft, "target">): void {
  try {
    sessionStorage.removeItem(storageKey(target));
  } catch {
    return; // nothing was kept either
  }
}

/** Drafts of before the page was loaded anew. */
export function keptDrafts(): Draft[] {
  try {
    return Object.entries(sessionStorage).flatMap(([key, value]) => (key.startsWith(prefix) ? readDraft(value) : []));
  } catch {
    return []; // no storage
  }
}

function readDraft(value: unknown): Draft[] {
  try {
    const draft: unknown = JSON.parse(String(value));
    return isDraft(draft) ? [draft] : [];
  } catch {
    return []; // written by something else
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const { target, base, text } = value as Partial<Draft>;
  return typeof text === "string" && typeof base?.yaml === "string" && typeof target?.name === "string";
}
