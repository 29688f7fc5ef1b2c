import { useTranslation } from "react-i18next";
import type { PreparedAction } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { Banner } from "../../../ui/Banner.tsx";
import { CopyLines } from "../../../ui/CopyLines.tsx";
import { Disclosure } from "../../../ui/Disclosure.tsx";

/** What would run, before it does: the commands, what they do, what it costs, and what to look at first. */
export function Prepared({ prepared }: { prepared: PreparedAction }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { lines, files, about, cost, warnings, limits, minutes } = prepared;
  return (
    <div className="platform-prepared">
      <p>
        {textOf(about, language)} {minutes > 1 ? t("platforms.create.minutes", { minutes }) : null}
      </p>
      {cost ? <Banner tone="warn" title={textOf(cost, language)} /> : null}
      {warnings.map((warning) => (
        <Banner key={warning.id} tone="warn" title={textOf(warning, language)} />
      ))}
      {limits.map(({ name, value, needed, command }) => (
        <Banner key={name} tone="warn" title={t("platforms.local.limit", { name, value, needed })}>
          <CopyLines lines={[command]} label={command} wrap />
        </Banner>
      ))}
      {files.map(({ path, text }) => (
        <Disclosure key={path} title={t("platforms.file", { path })}>
          <CopyLines lines={text.trimEnd().split("\n")} label={path} />
        </Disclosure>
      ))}
      <CopyLines lines={lines} label={t("platforms.willRun")} wrap />
    </div>
  );
}
