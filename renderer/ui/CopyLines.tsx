import { useTranslation } from "react-i18next";
import { IconButton } from "./Button.tsx";
import { Check, Copy } from "./icons.ts";
import { useCopy } from "./useCopy.ts";
import "./CopyLines.css";

/** Shell lines as they would be typed, with a button that copies them. */
export function CopyLines({ lines, label }: { lines: readonly string[]; label: string }) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const text = lines.join("\n");
  return (
    <div className="copy-lines">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="copy-text" tabIndex={0} aria-label={label}>
        <pre>{text}</pre>
      </section>
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
