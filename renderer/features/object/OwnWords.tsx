import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { visibleBidi } from "../../../common/text/index.ts";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

/** What the cluster itself says, as it says it; long words scroll by themselves. */
export function OwnWords({ words }: { words: string }) {
  const { t } = useTranslation();
  const [scrolls, setScrolls] = useState(false);
  const measured = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setScrolls(element.scrollHeight > element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // Another text may be longer without the box being larger: it is measured anew.
  return (
    <ScrollRegion
      key={words}
      className="object-words mono"
      label={t("object.ownWords")}
      scrolls={scrolls}
      ref={measured}
    >
      <span lang="en">{visibleBidi(words)}</span>
    </ScrollRegion>
  );
}
