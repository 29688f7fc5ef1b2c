import type { ContextColour } from "../../../common/contract/index.ts";
import "./colours.css";

/** The class that gives `--context` the cluster's colour; none where the user chose none. */
export function colourClass(colour: ContextColour | undefined): string {
  return colour === undefined ? "" : `context-${colour}`;
}

/** A small square in the cluster's colour, beside its name. */
export function ContextMark({ colour }: { colour: ContextColour | undefined }) {
  return <span className={`context-mark ${colourClass(colour)}`} aria-hidden />;
}
