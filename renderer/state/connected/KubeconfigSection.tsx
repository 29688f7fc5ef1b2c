import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { KubeconfigFile } from "../../../common/contract/index.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { useErrorWords } from "../../ui/use-error-words.ts";
import { removeKubeconfig } from "../cluster.ts";
import "./KubeconfigSection.css";

export interface KubeconfigSectionProps {
  file: KubeconfigFile;
  /** What the button says that forgets a file which was chosen. */
  forget: string;
  /** Its contexts; nothing where it has none. */
  children: ReactNode;
}

/** A kubeconfig file: where it is, why it is looked at, what is wrong with it, and its contexts. */
export function KubeconfigSection({ file, forget, children }: KubeconfigSectionProps) {
  const words = useErrorWords();
  const { t } = useTranslation();
  return (
    <section className="kubeconfig" aria-label={file.path}>
      <header className="kubeconfig-head">
        <h2 className="mono">{file.path}</h2>
        <Tag>{t(`cluster.origin.${file.origin}`)}</Tag>
        <span className="grow" />
        {file.origin === "chosen" ? (
          <Button
            size="sm"
            variant="ghost"
            onPress={() => void removeKubeconfig(file.path)}
            aria-label={t("cluster.removeFile", { path: file.path })}
          >
            {forget}
          </Button>
        ) : null}
      </header>
      {file.error ? (
        <Banner tone="bad" title={words(file.error).title}>
          {words(file.error).detail}
        </Banner>
      ) : null}
      {children ?? (file.error ? null : <p className="hint">{t("cluster.noContexts")}</p>)}
    </section>
  );
}
