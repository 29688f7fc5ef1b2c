/** Marks, embeddings, overrides and isolates: they change the order in which text around them is drawn. */
const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Somebody else's text for a person to read: characters that would make it look like another text are shown by their
 * code, as `[U+202E]`. Not for text that is sent or compared.
 */
export function visibleBidi(text: string): string {
  return text.replace(bidiControls, (control) => {
    const code = control.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return `[U+${code}]`;
  });
}
