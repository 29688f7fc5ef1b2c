import { useTranslation } from "react-i18next";
import type { FieldChange, MovedOn } from "../../../common/contract/index.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";

/** Both changed the same fields: what there, what here, and whose is to stay. */
export function Clashes({
  moved,
  busy,
  onChoose,
}: {
  moved: MovedOn;
  busy: boolean;
  onChoose: (side: "mine" | "theirs") => void;
}) {
  const { t } = useTranslation();
  const touched = (changes: readonly FieldChange[]) =>
    changes.filter(({ path }) => moved.clashes.some((clash) => path.startsWith(clash) || clash.startsWith(path)));
  return (
    <Banner
      tone="bad"
      live
      title={t("yaml.clash", { count: moved.clashes.length })}
      actions={
        <>
          <Button size="sm" isDisabled={busy} onPress={() => onChoose("mine")}>
            {t("yaml.keepMine")}
          </Button>
          <Button size="sm" isDisabled={busy} onPress={() => onChoose("theirs")}>
            {t("yaml.takeTheirs")}
          </Button>
        </>
      }
    >
      <Changes title={t("yaml.theirs")} changes={touched(moved.theirs)} />
      <Changes title={t("yaml.yours")} changes={touched(moved.yours)} />
    </Banner>
  );
}

/** Fields with what they were and what they become. */
export function Changes({ title, changes }: { title: string; changes: readonly FieldChange[] }) {
  const { t } = useTranslation();
  return (
    <div className="yaml-changes">
      <p className="yaml-changes-title">{title}</p>
      <ul>
        {changes.slice(0, mostShown).map(({ path, was, becomes }) => (
          <li key={path}>
            <code>{path}</code>{" "}
            {was === undefined ? (
              <span>{t("yaml.added", { value: becomes ?? "" })}</span>
            ) : becomes === undefined ? (
              <span>{t("yaml.removed", { value: was })}</span>
            ) : (
              <span>
                {was} → {becomes}
              </span>
            )}
          </li>
        ))}
        {changes.length > mostShown ? <li>{t("yaml.moreChanges", { count: changes.length - mostShown })}</li> : null}
      </ul>
    </div>
  );
}

const mostShown = 20;
