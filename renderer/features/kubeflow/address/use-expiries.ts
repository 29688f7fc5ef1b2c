import type { CertificateExpiry } from "../../../../common/contract/index.ts";
import { visibleBidi } from "../../../../common/text/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { useCluster } from "../../../state/cluster.ts";
import type { RailNote } from "../../../state/contributions.tsx";
import { useStream } from "../../../state/use-stream.ts";

/** A certificate whose end needs someone. */
export type Expiring = CertificateExpiry & { attention: NonNullable<CertificateExpiry["attention"]> };

/** The certificates of all known installations that expire soon or have expired, the first to expire first. */
export function useExpiring(): readonly Expiring[] {
  const context = useCluster((state) => (state.state === "connected" ? state.chosen : undefined));
  const { item = [] } = useStream("wayIn.watchExpiries", context === undefined ? {} : { context });
  return item.flatMap((one) => (one.attention ? [{ ...one, attention: one.attention }] : []));
}

/** The first of them in one sentence. */
export function useExpiryNote(): RailNote | undefined {
  const language = useLanguage();
  const [first] = useExpiring();
  if (first === undefined) return undefined;
  const { attention, name } = first;
  return { tone: attention.level, text: visibleBidi(`${name}: ${textOf(attention.said, language)}`) };
}
