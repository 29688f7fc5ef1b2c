import { type FormEvent, type RefObject, useState } from "react";
import { Dialog as AriaDialog, Heading } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { useTranslation } from "react-i18next";
import type { AppError, ContextId, Profile } from "../../../common/contract/index.ts";
import { bindingNameOf, userProblem } from "../../../common/kube/index.ts";
import { client, settle } from "../../state/client.ts";
import { browse } from "../../state/route.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Field } from "../../ui/Field.tsx";
import { Plus } from "../../ui/icons.ts";
import { RadioCards } from "../../ui/RadioCards.tsx";
import { userWords } from "./problems.ts";
import type { Work } from "./work.ts";

export interface SharePopoverProps {
  context: ContextId;
  profile: Profile;
  sharing: Extract<Work, { do: "share" }> | undefined;
  beside: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** Lets somebody in: who, what they can do, and what will be written for it. */
export function SharePopover({ context, profile, sharing, beside, onClose }: SharePopoverProps) {
  const { t } = useTranslation();
  const [user, setUser] = useState(sharing?.user ?? "");
  const [role, setRole] = useState<"view" | "edit">(sharing?.role ?? "edit");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | undefined>();
  const problem = userProblem(user.trim());
  const withIstio = profile.parts.some(({ id }) => id === "istio");

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (problem !== undefined || busy) return;
    setBusy(true);
    const asked = { context, profile: profile.name, user: user.trim(), role };
    const answer = await settle(client().call("profiles.share", asked));
    setBusy(false);
    if (answer.ok) onClose();
    else setError(answer.error);
  }

  return (
    <Popover
      className="share-popover"
      triggerRef={beside}
      placement="left bottom"
      isOpen={sharing !== undefined}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <AriaDialog className="share-dialog">
        <Heading slot="title" level={2} className="share-title">
          {t("profiles.share.title", { profile: profile.name })}
        </Heading>
        <form onSubmit={(event) => void submit(event)}>
          {error ? <ErrorBanner error={error} /> : null}
          <Field
            label={t("profiles.share.person")}
            value={user}
            onChange={setUser}
            placeholder="user@example.com"
            error={tried ? userWords(t, problem) : undefined}
          />
          <RadioCards
            label={t("profiles.share.can")}
            columns={2}
            value={role}
            onChange={(value) => setRole(value === "view" ? "view" : "edit")}
            options={[
              { value: "view", title: t("profiles.share.view"), note: t("profiles.share.viewWhy") },
              { value: "edit", title: t("profiles.share.edit"), note: t("profiles.share.editWhy") },
            ]}
          />
          <p>{t("profiles.share.written")}</p>
          <ul className="share-written">
            {["RoleBinding", ...(withIstio ? ["AuthorizationPolicy"] : [])].map((kind) => (
              <li key={kind}>
                <Plus aria-hidden size={13} /> {kind}{" "}
                <span className="mono faint">{bindingNameOf(user.trim(), role)}</span>
              </li>
            ))}
          </ul>
          <span className="share-actions">
            <Button
              variant="ghost"
              size="sm"
              onPress={() =>
                browse({
                  context,
                  resource: "clusterroles.rbac.authorization.k8s.io",
                  namespaces: [],
                  object: { name: `kubeflow-${role}` },
                  tab: "rules",
                })
              }
            >
              {t("profiles.share.able")}
            </Button>
            <span className="grow" />
            <Button onPress={onClose}>{t("common.cancel")}</Button>
            <Button variant="primary" type="submit" isDisabled={busy}>
              {t("profiles.share.confirm")}
            </Button>
          </span>
        </form>
      </AriaDialog>
    </Popover>
  );
}
