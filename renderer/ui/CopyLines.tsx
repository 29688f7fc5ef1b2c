import { useTranslation } from "react-i18next";
import { IconButton } from "./Button.tsx";
import { Check, Copy } from "./icons.ts";
import { ScrollRegion } from "./ScrollRegion.tsx";
import { useCopy } from "./use-copy.ts";
import "./CopyLines.css";

export interface CopyLinesProps {
  lines: readonly string[];
  label: string;
  /** Long lines go on below, set in a little; else the box scrolls. */
  wrap?: boolean;
}

/** Shell lines as they would be typed, with a button that copies them. */
export function CopyLines({ lines, label, wrap = false }: CopyLinesProps) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const text = lines.join("\n");
  return (
    <div className="copy-lines">
      <ScrollRegion className="copy-text" label={label}>
        <pre className={wrap ? "copy-wrap" : undefined}>{wrap ? lines.map(asBlock) : text}</pre>
      </ScrollRegion>
      <IconButton
        size="sm"
        label={copied ? t("common.copied") : t("common.copyThis", { what: label })}
        onPress={() => copy(text)}
      >
        {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      </IconButton>
    </div>
  );
}

function asBlock(line: string, index: number) {
  return <code key={index}>{line}</code>;
}
