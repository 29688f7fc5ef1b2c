import type { ReactNode } from "react";

/** A sentence whose names are in backquotes, which are shown as code; a single backquote is one. */
export function Marked({ children }: { children: string }): ReactNode {
  return children.split(/`([^`\n]+)`/).map((part, index) =>
    index % 2 === 1 ? (
      // The parts of one sentence have no other name than their place.
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <code key={index}>{part}</code>
    ) : (
      part
    ),
  );
}

/** Texts with their names as code; anything else as it is. */
export function marked(content: ReactNode): ReactNode {
  return typeof content === "string" ? <Marked>{content}</Marked> : content;
}
