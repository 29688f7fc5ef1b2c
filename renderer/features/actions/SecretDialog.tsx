import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, CallOutput, ObjectTarget } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { Button } from "../../ui/Button.tsx";
import { useFormat } from "../../ui/format.ts";
import { Check, Copy, Eye, EyeOff } from "../../ui/icons.ts";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { useCopy } from "../../ui/use-copy.ts";
import { ActionDialog, useAbout, useContextName } from "./ActionDialog.tsx";
import type { OpenDialog } from "./dialogs.ts";
import { secretLine } from "./kubectl.ts";
import { titleOf } from "./titles.ts";
import { useFacts } from "./use-facts.ts";

type Value = CallOutput<"secret.reveal">;

/** The keys of a Secret; a value is fetched only when it is to be seen or copied, and forgotten when hidden. */
export function SecretDialog({ targets }: { targets: OpenDialog["targets"] }) {
  const { t } = useTranslation();
  const { there, gone, asking, error } = useFacts(targets);
  const about = useAbout(targets);
  const context = useContextName(targets[0]?.context);
  const [one] = there;
  const keys = one?.facts.keys ?? [];
  const [failed, setFailed] = useState<AppError | undefined>();
  return (
    <ActionDialog
      title={`${titleOf(t, "decode")}: ${about}`}
      size="lg"
      error={failed ?? error}
      lines={one ? keys.slice(0, 1).map(({ name }) => secretLine(context, one.target, name)) : []}
    >
      <p>{t("actions.secret.will")}</p>
      {gone > 0 ? <p role="status">{t("actions.gone", { count: gone })}</p> : null}
      {asking ? <p role="status">{t("common.looking")}</p> : null}
      {one && keys.length === 0 ? <p>{t("actions.secret.none")}</p> : null}
      <ul className="action-secrets">
        {one ? keys.map((key) => <SecretKey key={key.name} target={one.target} {...key} onError={setFailed} />) : null}
      </ul>
    </ActionDialog>
  );
}

function SecretKey({
  target,
  name,
  bytes,
  onError,
}: {
  target: ObjectTarget;
  name: string;
  bytes: number;
  onError: (error: AppError | undefined) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [value, setValue] = useState<Value | undefined>();
  const { copied, copy } = useCopy();
  async function fetchValue(use: (fetched: Value) => void): Promise<void> {
    const answer = await settle(client().call("secret.reveal", { target, key: name }));
    onError(answer.ok ? undefined : answer.error);
    if (answer.ok) use(answer.value);
  }
  return (
    <li className="action-secret">
      <div className="action-row">
        <b className="mono grow">{name}</b>
        <span className="faint">{format.bytes(bytes)}</span>
        <Button
          size="sm"
          icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          aria-label={`${t("actions.secret.copy")}: ${name}`}
          onPress={() => void fetchValue((fetched) => copy(fetched.text ?? fetched.base64))}
        >
          {copied ? t("common.copied") : t("actions.secret.copy")}
        </Button>
        <Button
          size="sm"
          icon={value ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
          aria-label={`${t(value ? "actions.secret.hide" : "actions.secret.show")}: ${name}`}
          onPress={() => (value ? setValue(undefined) : void fetchValue(setValue))}
        >
          {t(value ? "actions.secret.hide" : "actions.secret.show")}
        </Button>
      </div>
      {value ? (
        <>
          {value.text === undefined ? <p>{t("actions.secret.binary")}</p> : null}
          <ScrollRegion className="action-value mono" label={name}>
            {value.text ?? value.base64}
          </ScrollRegion>
        </>
      ) : null}
    </li>
  );
}
