import { Button } from "react-aria-components/Button";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Popover } from "react-aria-components/Popover";
import { useTranslation } from "react-i18next";
import type { LogSourceState } from "../../../common/contract/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { CheckLine } from "../../ui/CheckLine.tsx";
import { useFormat } from "../../ui/format.ts";
import { ChevronDown } from "../../ui/icons.ts";
import { Tag, type Tone } from "../../ui/Tag.tsx";
import { reasonText } from "./reason-text.ts";

const tones: Readonly<Record<LogSourceState["state"], Tone>> = {
  waiting: "warn",
  opening: "run",
  reading: "ok",
  reconnecting: "warn",
  ended: "idle",
  gone: "idle",
  failed: "bad",
};

export interface SourcesProps {
  sources: readonly LogSourceState[];
  leftOut: number;
  hidden: readonly number[];
  onHidden: (hidden: number[]) => void;
}

/** Which containers of which pods are read: how each does, how much it wrote, and whether its lines are shown. */
export function Sources({ sources, leftOut, hidden, onHidden }: SourcesProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const format = useFormat();
  const pods = [...new Set(sources.map(({ pod }) => pod))];
  const [only] = sources;
  const name =
    sources.length === 1 && only
      ? `${only.pod} · ${only.container}`
      : [
          t("logs.sources.pods", { count: pods.length, pods: format.number(pods.length) }),
          t("logs.sources.containers", { count: sources.length, containers: format.number(sources.length) }),
        ].join(" · ");
  return (
    <DialogTrigger>
      <Button className="logs-sources-button" aria-label={t("logs.sources.button", { name })}>
        <span className="logs-sources-name">{name}</span>
        <ChevronDown size={13} aria-hidden />
      </Button>
      <Popover className="logs-pop" placement="bottom start">
        <Dialog className="logs-sources">
          <Heading slot="title">{t("logs.sources.title")}</Heading>
          {pods.map((pod) => (
            <section key={pod} aria-label={pod}>
              <h3 className="mono">{pod}</h3>
              <ul>
                {sources
                  .filter((source) => source.pod === pod)
                  .map((source) => (
                    <li key={source.id}>
                      <CheckLine
                        isSelected={!hidden.includes(source.id)}
                        onChange={(shown) =>
                          onHidden(shown ? hidden.filter((id) => id !== source.id) : [...hidden, source.id])
                        }
                      >
                        <span className="mono">{source.container}</span>
                        {source.containerKind === "main" ? null : (
                          <span className="faint"> {t(`logs.kind.${source.containerKind}`)}</span>
                        )}
                      </CheckLine>
                      <Tag tone={tones[source.state]}>{t(`logs.state.${source.state}`)}</Tag>
                      <span className="faint logs-sources-lines">
                        {t("logs.lines", { count: source.lines, lines: format.number(source.lines) })}
                        {source.dropped > 0
                          ? ` · ${t("logs.sources.dropped", { lines: format.number(source.dropped) })}`
                          : ""}
                      </span>
                      {source.reason ? (
                        <span className="logs-sources-why">{reasonText(source.reason, language)}</span>
                      ) : null}
                    </li>
                  ))}
              </ul>
            </section>
          ))}
          {leftOut > 0 ? <p>{t("logs.sources.leftOut", { count: leftOut })}</p> : null}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
