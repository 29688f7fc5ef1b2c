import { visibleBidi } from "../../common/text/index.ts";
import "./Foreign.css";

/** What a server or a program says, in its own language: a quotation, for readers and for screen readers. */
export function Foreign({ children }: { children: string }) {
  return (
    <span lang="en" className="foreign">
      {visibleBidi(children)}
    </span>
  );
}
