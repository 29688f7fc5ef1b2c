import { visibleBidi } from "../../../../common/text/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { Banner } from "../../../ui/Banner.tsx";
import { useExpiring } from "./use-expiries.ts";

/** Certificates of installations that are not on screen: those of the folder that is, say so beside its address. */
export function ExpiryBanners({ except }: { except?: string | undefined }) {
  const language = useLanguage();
  return useExpiring()
    .filter(({ kfDir }) => kfDir !== except)
    .map(({ kfDir, name, attention: { level, said, advice } }) => (
      <Banner key={kfDir} tone={level} title={visibleBidi(`${name}: ${textOf(said, language)}`)}>
        {advice ? visibleBidi(textOf(advice, language)) : null}
      </Banner>
    ));
}
