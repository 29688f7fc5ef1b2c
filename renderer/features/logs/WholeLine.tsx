import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { client, settle } from "../../state/client.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { useFormat } from "../../ui/format.ts";
import { X } from "../../ui/icons.ts";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { useCopy } from "../../ui/use-copy.ts";
import { useErrorWords } from "../../ui/use-error-words.ts";

/** Drawn in pieces, so that the browser lays out only those on screen. */
const pieceLength = 8_000;

/** One line in full, JSON with its structure, beside the log. */
export function WholeLine({ view, line, onClose }: { view: string; line: number; onClose: () => void }) {
  const words = useErrorWords();
  const { t } = useTranslation();
  const format = useFormat();
  const { copied, copy } = useCopy();
  const [loaded, setLoaded] = useState<{ text: string; at: string } | undefined>(undefined);
  const [error, setError] = useState<AppError | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    setLoaded(undefined);
    setError(undefined);
    void settle(client().call("logs.line", { view, line })).then((answer) => {
      if (!isCurrent) return;
      if (answer.ok) setLoaded({ ...answer.value, text: structured(answer.value.text) });
      else setError(answer.error);
    });
    return () => {
      isCurrent = false;
    };
  }, [view, line]);
  const text = loaded?.text ?? "";
  const section = useRef<HTMLElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      // It closes this, not also what is around it.
      event.stopPropagation();
      close.current();
    };
    const own = section.current;
    own?.addEventListener("keydown", onKeyDown);
    return () => own?.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <section ref={section} className="logs-whole-line" aria-label={t("logs.wholeLine")}>
      <header>
        <span className="mono">{loaded?.at}</span>
        <span className="faint">{loaded ? format.bytes(new Blob([text]).size) : ""}</span>
        <span className="grow" />
        <Button size="sm" variant="ghost" isDisabled={loaded === undefined} onPress={() => copy(text)}>
          {t(copied ? "logs.lineCopied" : "logs.copyLine")}
        </Button>
        <IconButton label={t("logs.closeLine")} onPress={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      {error ? <p role="alert">{words(error).title}</p> : null}
      <ScrollRegion className="logs-whole-text" label={loaded?.at ?? t("logs.wholeLine")}>
        <pre>
          {pieces(text).map((piece, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never change places
            <span key={index} className="logs-piece">
              {visibleBidi(piece)}
            </span>
          ))}
        </pre>
      </ScrollRegion>
    </section>
  );
}

function structured(text: string): string {
  const start = text.trimStart()[0];
  if (start !== "{" && start !== "[") return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text; // it only looks like JSON
  }
}

function pieces(text: string): string[] {
  const result: string[] = [];
  for (let at = 0; at < text.length; at += pieceLength) result.push(text.slice(at, at + pieceLength));
  return result;
}
