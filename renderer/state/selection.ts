/** What is chosen in a table: rows by key, the row that has the focus, and where a range began. */
export interface Selection {
  /** Keys of the marked rows. */
  marked: ReadonlySet<string>;
  focus: string | undefined;
  /** Where a range with Shift begins. */
  anchor: string | undefined;
}

export const noSelection: Selection = { marked: new Set(), focus: undefined, anchor: undefined };

/** Marks the row, or takes its mark away; a range begins there. */
export function toggle(selection: Selection, key: string): Selection {
  const marked = new Set(selection.marked);
  if (!marked.delete(key)) marked.add(key);
  return { marked, focus: key, anchor: key };
}

/** Moves the focus; marks stay, a range begins there. */
export function focusOn(selection: Selection, key: string): Selection {
  return { ...selection, focus: key, anchor: key };
}

/** Marks exactly the rows of a range (keys in the table's order), whose last one has the focus. */
export function markRange(selection: Selection, keys: readonly string[], focus: string): Selection {
  return { marked: new Set(keys), focus, anchor: selection.anchor ?? keys[0] };
}

/** Marks that are left when only `keys` are there. */
export function keepOnly(selection: Selection, keys: ReadonlySet<string>): Selection {
  const marked = new Set([...selection.marked].filter((key) => keys.has(key)));
  return marked.size === selection.marked.size ? selection : { ...selection, marked };
}

/** What an action is about: the marked rows, or the one that has the focus. */
export function aboutKeys({ marked, focus }: Selection): string[] {
  return marked.size > 0 ? [...marked] : focus === undefined ? [] : [focus];
}

/** A row's key taken apart: namespace/name, or only the name. */
export function parseKey(key: string): { namespace?: string; name: string } {
  const at = key.indexOf("/");
  return at === -1 ? { name: key } : { namespace: key.slice(0, at), name: key.slice(at + 1) };
}

export function keyOf({ namespace, name }: { namespace?: string | undefined; name: string }): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
