import { useRef, useState } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { Input } from "react-aria-components/Input";
import { SearchField } from "react-aria-components/SearchField";
import { useTranslation } from "react-i18next";
import { visibleBidi } from "../../../common/text/index.ts";
import { plainTarget } from "../../state/object.ts";
import type { ObjectTabProps } from "../../state/object-tab.ts";
import { useStream } from "../../state/use-stream.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Copy, Search } from "../../ui/icons.ts";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { useCopy } from "../../ui/use-copy.ts";
import "./DescribeTab.css";

/** What `kubectl describe` says, kept as it is; to be searched and copied. */
export function DescribeTab({ target }: ObjectTabProps) {
  const { t } = useTranslation();
  const { item, error } = useStream("object.describe", plainTarget(target));
  const [wanted, setWanted] = useState("");
  const [at, setAt] = useState(0);
  const { copied, failed, copy } = useCopy();
  const text = useRef<HTMLElement>(null);
  if (item === undefined) {
    return error ? <ErrorBanner error={error} /> : <p role="status">{t("common.looking")}</p>;
  }
  const parts = split(visibleBidi(item.text), wanted);
  const found = Math.floor(parts.length / 2);
  const current = found === 0 ? -1 : ((at % found) + found) % found;
  const go = (next: number) => {
    setAt(next);
    if (found === 0) return;
    const index = ((next % found) + found) % found;
    text.current?.querySelectorAll("mark")[index]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  return (
    <div className="describe">
      <div className="describe-bar">
        <SearchField
          className="describe-search"
          aria-label={t("object.search")}
          value={wanted}
          onChange={(value) => {
            setWanted(value);
            setAt(0);
          }}
        >
          <Search aria-hidden size={13} />
          <Input
            placeholder={t("object.search")}
            onKeyDown={(event) => {
              if (event.key === "Enter") go(at + (event.shiftKey ? -1 : 1));
            }}
          />
        </SearchField>
        {wanted === "" ? null : (
          <span className="describe-found" role="status">
            {found === 0 ? t("object.noneFound") : `${current + 1}/${found}`}
          </span>
        )}
        {found > 1 ? (
          <>
            <AriaButton className="describe-step" aria-label={t("object.previousFound")} onPress={() => go(at - 1)}>
              ↑
            </AriaButton>
            <AriaButton className="describe-step" aria-label={t("object.nextFound")} onPress={() => go(at + 1)}>
              ↓
            </AriaButton>
          </>
        ) : null}
        <Button size="sm" icon={<Copy />} onPress={() => copy(item.text)}>
          {t(failed ? "common.copyFailed" : copied ? "common.copied" : "object.copy")}
        </Button>
      </div>
      <ScrollRegion className="describe-scroll" ref={text} label={t("object.tab.describe")}>
        <pre className="describe-text">
          {parts.map((part, index) =>
            index % 2 === 1 ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no other name than their place
              <mark key={index} data-current={(index - 1) / 2 === current || undefined}>
                {part}
              </mark>
            ) : (
              part
            ),
          )}
        </pre>
      </ScrollRegion>
    </div>
  );
}

/** The text cut at what was found: every second part is a find. */
export function split(text: string, wanted: string): string[] {
  if (wanted === "") return [text];
  const escaped = wanted.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.split(new RegExp(`(${escaped})`, "i"));
}
