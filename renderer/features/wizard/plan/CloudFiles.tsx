import { useTranslation } from "react-i18next";
import type { CloudFile } from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { Card } from "../../../ui/Card.tsx";
import { CopyLines } from "../../../ui/CopyLines.tsx";
import { Disclosure } from "../../../ui/Disclosure.tsx";

/** What KF_DIR gets for a cloud's own tools: each file with its text, what it is for and the command that uses it. */
export function CloudFiles({ files }: { files: readonly CloudFile[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (files.length === 0) return null;
  const kept = files.some(({ state }) => state === "kept");
  return (
    <Card title={t("kfdef.cloudFiles.title", { count: files.length })}>
      <p className="hint">{kept ? t("kfdef.cloudFiles.keptAbout") : t("kfdef.cloudFiles.about")}</p>
      {files.map(({ path, text, about, command, state }) => (
        <Disclosure
          key={path}
          title={<span className="mono">{path}</span>}
          aside={state === "kept" ? t("kfdef.cloudFiles.kept") : undefined}
        >
          <p>{textOf(about, language)}</p>
          {command === undefined ? null : (
            <CopyLines lines={[command]} label={t("kfdef.cloudFiles.command", { path })} wrap />
          )}
          <CopyLines lines={text.trimEnd().split("\n")} label={path} />
        </Disclosure>
      ))}
    </Card>
  );
}
