import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, ContextId, Profile, ProfileMember } from "../../../common/contract/index.ts";
import { quotaColumns } from "../../../common/kube/index.ts";
import { textOf } from "../../../common/words/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { client, settle } from "../../state/client.ts";
import { browse } from "../../state/route.ts";
import { Age } from "../../ui/Age.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button, IconButton } from "../../ui/Button.tsx";
import { ConfirmPane } from "../../ui/ConfirmPane.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Check, Clock, List, ShieldCheck, UserPlus, X } from "../../ui/icons.ts";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { amountIn, shareOf, unitOf } from "./amounts.ts";
import { Face } from "./Face.tsx";
import { PodDefaults } from "./PodDefaults.tsx";
import { UseBar } from "./ProfileTable.tsx";
import { PullSecrets } from "./PullSecrets.tsx";
import { SharePopover } from "./SharePopover.tsx";
import { StateTag } from "./StateTag.tsx";
import { useDetails } from "./use-details.ts";
import type { Work } from "./work.ts";

export interface ProfilePaneProps {
  context: ContextId;
  profile: Profile;
  /** Rises when what is in its namespace was changed elsewhere. */
  changes: number;
  /** Its share form is open, perhaps with somebody filled in. */
  sharing: Extract<Work, { do: "share" }> | undefined;
  onWork: (work: Work | undefined) => void;
  onClose: () => void;
}

/** One profile: what was made of it, what it may use, and who is in it. */
export function ProfilePane({ context, profile, changes, sharing, onWork, onClose }: ProfilePaneProps) {
  const { t } = useTranslation();
  const { details, error, ask } = useDetails(context, profile.name, changes);
  const language = useLanguage();
  const { name, owner, parts, cause, createdAt } = profile;
  const done = parts.filter(({ present }) => present).length;
  return (
    <aside className="profile-pane" aria-label={name}>
      <ScrollRegion label={name} className="profile-pane-scroll">
        <header>
          <h2 className="profile-title">{name}</h2>
          <StateTag profile={profile} />
          <span className="grow" />
          <IconButton label={t("profiles.pane.close")} onPress={onClose}>
            <X aria-hidden size={16} />
          </IconButton>
        </header>
        <p>
          {t("profiles.pane.owned", { owner: owner.name })} <Age since={createdAt} />
        </p>
        {cause ? <Banner tone="warn" title={textOf(cause, language)} /> : null}
        <div className="profile-actions">
          <Button
            size="sm"
            icon={<List aria-hidden />}
            onPress={() => browse({ context, resource: "pods", namespaces: [name] })}
          >
            {t("profiles.pane.browse")}
          </Button>
          <Button size="sm" onPress={() => onWork({ do: "owner", profile })}>
            {t("profiles.pane.owner")}
          </Button>
          <Button size="sm" variant="danger" onPress={() => onWork({ do: "delete", profile })}>
            {t("profiles.pane.delete")}
          </Button>
        </div>
        <section>
          <h3 className="profile-section">
            <span>{t("profiles.pane.created")}</span>
            <span className={done === parts.length ? "profile-done" : undefined}>
              {done} / {parts.length}
            </span>
          </h3>
          <ul className="profile-parts">
            {parts.map((part) => (
              <Part key={part.id} part={part} owner={owner.name} />
            ))}
          </ul>
        </section>
        <section>
          <h3 className="profile-section">
            <span>{t("profiles.pane.quota")}</span>
            <Button variant="ghost" size="sm" onPress={() => onWork({ do: "quota", profile })}>
              {t("profiles.pane.change")}
            </Button>
          </h3>
          <Quota profile={profile} />
        </section>
        <Members context={context} profile={profile} user={details?.user} sharing={sharing} onWork={onWork} />
        {details?.podDefaults ? (
          <PodDefaults
            context={context}
            profile={name}
            podDefaults={details.podDefaults}
            onNew={() => onWork({ do: "podDefault", profile: name })}
            onChanged={ask}
          />
        ) : null}
        {details && details.accounts.length > 0 ? <PullSecrets accounts={details.accounts} /> : null}
        {details && details.unread.length > 0 ? (
          <p className="text-warn">
            {t("profiles.pane.unread", { kinds: details.unread.map(({ kind }) => kind).join(", ") })}
          </p>
        ) : null}
        {error ? <ErrorBanner error={error} tone="warn" /> : null}
        <p className="profile-limits">
          <ShieldCheck aria-hidden size={16} />
          {t("profiles.pane.limits")}
        </p>
      </ScrollRegion>
    </aside>
  );
}

function Part({ part: { id, names, present, since }, owner }: { part: Profile["parts"][number]; owner: string }) {
  const { t } = useTranslation();
  return (
    <li className={present ? "profile-part profile-part-there" : "profile-part"}>
      <span className="profile-part-sign">
        {present ? <Check aria-hidden size={13} strokeWidth={2.5} /> : <Clock aria-hidden size={13} />}
        <span className="sr-only">{t(present ? "profiles.part.present" : "profiles.part.absent")}</span>
      </span>
      <span>
        <b>{t(`profiles.part.${id}`)}</b> <span className="mono faint">{names.join(", ")}</span>
        <small>{t(`profiles.part.${id}Why`, { owner })}</small>
      </span>
      <span className="faint">
        <Age since={since} />
      </span>
    </li>
  );
}

function Quota({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const rows = quotaColumns.flatMap((column) => {
    const share = shareOf(profile, column);
    return share === undefined ? [] : [{ column, share }];
  });
  if (rows.length === 0) return <p>{t("profiles.pane.noQuota")}</p>;
  return (
    <dl className="profile-quota">
      {rows.map(({ column, share: { used, hard, fraction, near } }) => (
        <div key={column} className={near ? "profile-near" : undefined}>
          <dt>{t(`profiles.column.${column}`)}</dt>
          <UseBar fraction={fraction} />
          <dd>
            <b>{amountIn(column, used, language)}</b> / {amountIn(column, hard, language)}
            {unitOf(column)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface MembersProps extends Pick<ProfilePaneProps, "context" | "profile" | "sharing" | "onWork"> {
  /** Whom the API server takes this user for. */
  user: string | undefined;
}

function Members({ context, profile, user: self, sharing, onWork }: MembersProps) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const [leaving, setLeaving] = useState<ProfileMember | undefined>();
  const [error, setError] = useState<AppError | undefined>();
  const { name, members } = profile;
  const remove = async (user: string) => {
    setLeaving(undefined);
    const answer = await settle<unknown>(
      user === self
        ? client().call("profiles.leave", { context, profile: name })
        : client().call("profiles.unshare", { context, profile: name, user }),
    );
    setError(answer.ok ? undefined : answer.error);
    button.current?.focus();
  };
  return (
    <section>
      <h3 className="profile-section">
        <span>{t("profiles.pane.members")}</span>
        <Button
          ref={button}
          variant="primary"
          size="sm"
          icon={<UserPlus aria-hidden />}
          onPress={() => onWork({ do: "share", profile: name })}
        >
          {t("profiles.pane.share")}
        </Button>
      </h3>
      {error ? <ErrorBanner error={error} /> : null}
      <ul className="profile-members">
        {members.map((member) => (
          <Member
            key={member.binding}
            member={member}
            isSelf={member.user === self}
            onRole={(role) => onWork({ do: "share", profile: name, user: member.user, role })}
            onRemove={() => setLeaving(member)}
          />
        ))}
      </ul>
      {leaving ? (
        <ConfirmPane
          title={
            leaving.user === self
              ? t("profiles.pane.leaveTitle", { profile: name })
              : t("profiles.pane.removeTitle", { user: leaving.user, profile: name })
          }
          confirm={t(leaving.user === self ? "profiles.pane.leave" : "profiles.pane.removeConfirm")}
          keep={t("common.cancel")}
          onConfirm={() => void remove(leaving.user)}
          onKeep={() => setLeaving(undefined)}
        >
          <p>{t(leaving.user === self ? "profiles.pane.leaveText" : "profiles.pane.removeText")}</p>
        </ConfirmPane>
      ) : null}
      <SharePopover
        key={JSON.stringify(sharing ?? null)}
        context={context}
        profile={profile}
        sharing={sharing}
        beside={button}
        onClose={() => onWork(undefined)}
      />
    </section>
  );
}

function Member({
  member: { user, kind, namespace, role, admitted },
  isSelf,
  onRole,
  onRemove,
}: {
  member: ProfileMember;
  isSelf: boolean;
  onRole: (role: "view" | "edit") => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  return (
    <li>
      <Face name={user} kind={kind} />
      <span className="profile-member">
        {namespace ? `${namespace}/` : ""}
        {user}
        {isSelf ? <small>{t("profiles.pane.you")}</small> : null}
        {admitted ? null : <small className="text-warn">{t("profiles.pane.notAdmitted")}</small>}
      </span>
      {role === "admin" ? (
        <span className="muted">{t("profiles.pane.isOwner")}</span>
      ) : (
        <>
          {kind === "User" ? (
            <Segmented
              label={t("profiles.pane.role", { user })}
              value={role}
              onChange={(next) => {
                if (next !== role) onRole(next);
              }}
              options={[
                { value: "view", label: t("profiles.role.view") },
                { value: "edit", label: t("profiles.role.edit") },
              ]}
            />
          ) : (
            <span className="muted">{t(`profiles.role.${role}`)}</span>
          )}
          {isSelf ? (
            <Button size="sm" onPress={onRemove}>
              {t("profiles.pane.leaveButton")}
            </Button>
          ) : (
            <IconButton label={t("profiles.pane.remove", { user })} onPress={onRemove}>
              <X aria-hidden size={14} />
            </IconButton>
          )}
        </>
      )}
    </li>
  );
}
