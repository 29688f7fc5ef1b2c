import { useTranslation } from "react-i18next";
import type { FieldOwner } from "../../../common/contract/index.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";

/** Managers whose fields a server-side apply would change: named, and taken over only when asked. */
export function Owners({
  owners,
  busy,
  onTakeOver,
}: {
  owners: readonly FieldOwner[];
  busy: boolean;
  onTakeOver?: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Banner
      tone="warn"
      live
      title={t("yaml.owned")}
      {...(onTakeOver
        ? {
            actions: (
              <Button size="sm" variant="danger" isDisabled={busy} onPress={onTakeOver}>
                {t("yaml.takeOver")}
              </Button>
            ),
          }
        : {})}
    >
      <ul className="yaml-owners">
        {owners.map(({ manager, fields }) => (
          <li key={manager}>
            <strong>{manager}</strong>: <code>{fields.join(", ")}</code>
          </li>
        ))}
      </ul>
      <p>{t("yaml.ownedNote")}</p>
    </Banner>
  );
}
