import { useState } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { useTranslation } from "react-i18next";
import { maskedBytes, type ObjectJson, type ObjectTarget } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { textMap, texts } from "../../state/read.ts";
import { Disclosure } from "../../ui/Disclosure.tsx";
import { useCopy } from "../../ui/use-copy.ts";

const shownAtFirst = 2;

/** Labels as chips that copy themselves, annotations below a line that opens. */
export function Labels({ object }: { target: ObjectTarget; object: ObjectJson }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const labels = textMap(object, "metadata.labels");
  const annotations = textMap(object, "metadata.annotations");
  const finalizers = texts(object, "metadata.finalizers");
  const more = labels.length - shownAtFirst;
  const shown = all ? labels : labels.slice(0, shownAtFirst);
  return (
    <>
      {labels.length > 0 || finalizers.length > 0 ? (
        <dl className="object-facts object-facts-labels">
          {labels.length > 0 ? (
            <>
              <dt>{t("object.fact.labels")}</dt>
              <dd className="object-chips">
                {shown.map(([key, value]) => (
                  <CopyChip key={key} words={`${key}=${value}`} />
                ))}
                {more > 0 ? (
                  <AriaButton
                    className="chip-label"
                    onPress={() => setAll(!all)}
                    aria-label={`${all ? "–" : `+${more}`} ${t(all ? "object.fewerLabels" : "object.moreLabels", { count: more })}`}
                  >
                    {all ? "–" : `+${more}`}
                  </AriaButton>
                ) : null}
              </dd>
            </>
          ) : null}
          {finalizers.length > 0 ? (
            <>
              <dt>{t("object.fact.finalizers")}</dt>
              <dd className="mono">{visibleBidi(finalizers.join(", "))}</dd>
            </>
          ) : null}
        </dl>
      ) : null}
      {annotations.length > 0 ? (
        <Disclosure title={t("object.annotations")} aside={annotations.length}>
          <dl className="object-pairs">
            {annotations.map(([key, value]) => (
              <Pair key={key} name={key} value={maskedBytes(value) === undefined ? value : t("object.masked")} />
            ))}
          </dl>
        </Disclosure>
      ) : null}
    </>
  );
}

function Pair({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{visibleBidi(name)}</dt>
      <dd className="mono">{visibleBidi(value)}</dd>
    </>
  );
}

export function CopyChip({ words }: { words: string }) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  return (
    <AriaButton className="chip-label" onPress={() => copy(words)} aria-label={t("common.copyThis", { what: words })}>
      {copied ? t("common.copied") : visibleBidi(words)}
    </AriaButton>
  );
}
