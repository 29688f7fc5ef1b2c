import type { AppError } from "../../common/contract/index.ts";
import { visibleBidi } from "../../common/text/index.ts";
import { message, textOf } from "../../common/words/index.ts";
import { useLanguage } from "../i18n/use-language.ts";
import { Foreign } from "./Foreign.tsx";
import { Marked } from "./Marked.tsx";

/** What to do about an error, then others' own words, which are marked as such. */
export function ErrorDetail({ error: { advice = [], detail } }: { error: Pick<AppError, "advice" | "detail"> }) {
  const language = useLanguage();
  const lines = advice.map((one) => textOf(one, language)).join("\n");
  // The words stand in a sentence that says whose they are: what comes before them, and after.
  const [before, after] = textOf(message("others.quote", { text: "\0" }), language).split("\0");
  return (
    <>
      <Marked>{visibleBidi(lines)}</Marked>
      {detail === undefined ? null : (
        <>
          {lines === "" ? null : "\n"}
          {before}
          <Foreign>{detail}</Foreign>
          {after}
        </>
      )}
    </>
  );
}

export function hasDetail({ advice = [], detail }: Pick<AppError, "advice" | "detail">): boolean {
  return advice.length > 0 || detail !== undefined;
}
