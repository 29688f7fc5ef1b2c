import { useTranslation } from "react-i18next";
import type { Profile } from "../../../common/contract/index.ts";
import { Check, CircleAlert, LoaderCircle, TriangleAlert } from "../../ui/icons.ts";
import { Tag, type Tone } from "../../ui/Tag.tsx";
import { columnOf } from "./amounts.ts";

const tones: Record<Profile["state"], Tone> = {
  ready: "ok",
  creating: "run",
  near: "warn",
  stuck: "warn",
  failed: "bad",
  deleting: "run",
  blocked: "bad",
};

/** How a profile is, in a word. */
export function StateTag({ profile: { state, near, parts } }: { profile: Profile }) {
  const { t } = useTranslation();
  const tone = tones[state];
  const Sign = tone === "ok" ? Check : tone === "run" ? LoaderCircle : tone === "warn" ? TriangleAlert : CircleAlert;
  const column = near === undefined ? undefined : columnOf(near.resource);
  return (
    <Tag tone={tone} sign={<Sign aria-hidden size={12} className={tone === "run" ? "spin" : undefined} />}>
      {state === "creating"
        ? t("profiles.state.creating", { done: parts.filter(({ present }) => present).length, all: parts.length })
        : state === "near"
          ? t("profiles.state.near", {
              resource: column === undefined ? (near?.resource ?? "") : t(`profiles.column.${column}`),
              percent: near?.percent ?? 0,
            })
          : t(`profiles.state.${state}`)}
    </Tag>
  );
}
