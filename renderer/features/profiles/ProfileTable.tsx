import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId, Profile } from "../../../common/contract/index.ts";
import type { QuotaColumn } from "../../../common/kube/index.ts";
import { textOf } from "../../../common/words/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { singleKeysOn } from "../../state/keys.ts";
import { browse } from "../../state/route.ts";
import { Button } from "../../ui/Button.tsx";
import { TriangleAlert } from "../../ui/icons.ts";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { amountIn, shareOf, unitOf } from "./amounts.ts";
import { Face } from "./Face.tsx";
import { StateTag } from "./StateTag.tsx";
import type { Work } from "./work.ts";

export interface ProfileTableProps {
  context: ContextId;
  profiles: readonly Profile[];
  selected: string | undefined;
  onSelect: (profile: string) => void;
  onWork: (work: Work) => void;
}

/** A row is a profile. Arrows go from row to row, letters do what the pane's buttons do. */
export function ProfileTable({ context, profiles, selected, onSelect, onWork }: ProfileTableProps) {
  const { t } = useTranslation();
  const withGpus = profiles.some((profile) => (shareOf(profile, "gpu")?.hard ?? 0) > 0);
  const columns: readonly QuotaColumn[] = withGpus ? ["cpu", "memory", "gpu", "storage"] : ["cpu", "memory", "storage"];
  /** One row is a stop for Tab: the selected one, or the first. */
  const stop = profiles.some(({ name }) => name === selected) ? selected : profiles[0]?.name;
  const onKey = (event: KeyboardEvent<HTMLElement>, profile: Profile) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-profile]")];
    const to = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (to !== undefined) rows[rows.indexOf(event.target) + to]?.focus();
    else if (event.key === "Home") rows[0]?.focus();
    else if (event.key === "End") rows.at(-1)?.focus();
    else if (event.key === "s" && singleKeysOn()) onWork({ do: "share", profile: profile.name });
    else if (event.key === "q" && singleKeysOn()) onWork({ do: "quota", profile });
    else if (event.key === "Delete") onWork({ do: "delete", profile });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <ScrollRegion className="profiles-scroll" label={t("profiles.title")}>
      <table className="profiles-table">
        <thead>
          <tr>
            <th scope="col">{t("profiles.column.name")}</th>
            <th scope="col">{t("profiles.column.owner")}</th>
            <th scope="col">{t("profiles.column.members")}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`profiles.column.${column}`)}
              </th>
            ))}
            <th scope="col">{t("profiles.column.state")}</th>
          </tr>
        </thead>
        <tbody
          onKeyDown={(event) => {
            const name = event.target instanceof HTMLElement ? event.target.dataset.profile : undefined;
            const profile = profiles.find((one) => one.name === name);
            if (profile) onKey(event, profile);
          }}
        >
          {profiles.map((profile) => (
            <tr
              key={profile.uid}
              className={profile.name === selected ? "profile-selected" : undefined}
              onClick={(event) => {
                if (!(event.target instanceof Element && event.target.closest("button"))) onSelect(profile.name);
              }}
            >
              <th scope="row">
                <button
                  type="button"
                  className="profile-name"
                  data-profile={profile.name}
                  aria-pressed={profile.name === selected}
                  tabIndex={profile.name === stop ? 0 : -1}
                  onClick={() => onSelect(profile.name)}
                >
                  {profile.name}
                </button>
                <Note profile={profile} />
              </th>
              <td>
                <span className="profile-person">
                  <Face name={profile.owner.name} kind={profile.owner.kind} />
                  <span>{profile.owner.name}</span>
                </span>
              </td>
              <td>
                <Faces profile={profile} />
              </td>
              {profile.cause === undefined ? (
                columns.map((column) => <UseCell key={column} profile={profile} column={column} />)
              ) : (
                <td colSpan={columns.length} className="profile-cause">
                  <Cause profile={profile} context={context} />
                </td>
              )}
              <td>
                <StateTag profile={profile} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Note({ profile: { notebooks } }: { profile: Profile }) {
  const { t } = useTranslation();
  if (notebooks === undefined) return null;
  return <small>{notebooks === 0 ? t("profiles.noNotebooks") : t("profiles.notebooks", { count: notebooks })}</small>;
}

const mostFaces = 4;

function Faces({ profile: { members } }: { profile: Profile }) {
  const { t } = useTranslation();
  const names = members.map(({ user }) => user).join(", ");
  const words = t("profiles.membersAre", { count: members.length, names });
  return (
    <span className="profile-faces" title={words}>
      <span className="sr-only">{words}</span>
      {members.slice(0, mostFaces).map(({ user, kind, binding }) => (
        <Face key={binding} name={user} kind={kind} />
      ))}
      {members.length > mostFaces ? <span aria-hidden>+{members.length - mostFaces}</span> : null}
    </span>
  );
}

function UseCell({ profile, column }: { profile: Profile; column: QuotaColumn }) {
  const language = useLanguage();
  const share = shareOf(profile, column);
  if (share === undefined || (column === "gpu" && share.hard === 0)) return <td className="faint">–</td>;
  const { used, hard, fraction, near } = share;
  return (
    <td className={near ? "profile-use profile-near" : "profile-use"}>
      <span>
        <b>{amountIn(column, used, language)}</b> / {amountIn(column, hard, language)}
        {unitOf(column)}
        {near ? <TriangleAlert aria-hidden size={12} /> : null}
      </span>
      <UseBar fraction={fraction} />
    </td>
  );
}

/** The number beside it says the same. */
export function UseBar({ fraction }: { fraction: number }) {
  return (
    <span className="profile-bar" aria-hidden>
      <span style={{ width: `${Math.min(1, fraction) * 100}%` }} />
    </span>
  );
}

function Cause({ profile: { name, cause, blockedBy }, context }: { profile: Profile; context: ContextId }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <span className="profile-cause-words">
      <span>{cause ? textOf(cause, language) : null}</span>
      {blockedBy ? (
        <Button size="sm" onPress={() => browse({ context, resource: blockedBy, namespaces: [name] })}>
          {t("profiles.showIt")}
        </Button>
      ) : null}
    </span>
  );
}
