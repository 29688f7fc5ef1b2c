import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId, Profile } from "../../../common/contract/index.ts";
import { parseQuantity } from "../../../common/kube/index.ts";
import { chosenContext, useCluster } from "../../state/cluster.ts";
import { ClusterNeeded } from "../../state/connected/ClusterNeeded.tsx";
import { singleKeysOn } from "../../state/keys.ts";
import { placeToBrowse } from "../../state/place-to-browse.ts";
import { go, goStep, useRoute } from "../../state/route.ts";
import { useStream } from "../../state/use-stream.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { useFormat } from "../../ui/format.ts";
import { LoaderCircle, Plus, Upload, UsersRound } from "../../ui/icons.ts";
import { Kbd } from "../../ui/Kbd.tsx";
import { sumOf } from "./amounts.ts";
import { ClassListDialog } from "./ClassListDialog.tsx";
import { CreateDialog } from "./CreateDialog.tsx";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { OwnerDialog } from "./OwnerDialog.tsx";
import { PodDefaultDialog } from "./PodDefaultDialog.tsx";
import { ProfilePane } from "./ProfilePane.tsx";
import { ProfileTable } from "./ProfileTable.tsx";
import { profileKeys } from "./profile-keys.ts";
import { QuotaDialog } from "./QuotaDialog.tsx";
import type { Work } from "./work.ts";
import "./Profiles.css";

/** Kubeflow's profiles in the chosen cluster. */
export function Profiles({ selected }: { selected: string | undefined }) {
  const { t } = useTranslation();
  const chosen = useCluster((state) => state.chosen);
  const connected = useCluster((state) => state.state === "connected");
  const last = useRoute((state) => state.lastBrowse);
  useEffect(() => {
    document.title = `${t("profiles.title")} · Flowdeck`;
  }, [t]);
  if (chosen === undefined || !connected) return <ClusterNeeded place={placeToBrowse(last, chosen)} />;
  return <ClusterProfiles key={chosen} context={chosen} selected={selected} />;
}

function ClusterProfiles({ context, selected }: { context: ContextId; selected: string | undefined }) {
  const { t } = useTranslation();
  const namespace = useCluster((state) => chosenContext(state)?.namespace);
  const { item: list, error } = useStream("profiles.watch", {
    context,
    ...(namespace === undefined ? {} : { namespaces: [namespace] }),
  });
  const [filter, setFilter] = useState("");
  const [work, setWork] = useState<Work | undefined>();
  /** How often something was changed that the list says nothing about. */
  const [changes, setChanges] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const shown = useMemo(() => matching(list?.profiles ?? [], filter), [list, filter]);
  const open = list?.profiles.find(({ name }) => name === selected);
  const select = (profile: string | undefined) =>
    go(profile === undefined ? { place: "profiles" } : { place: "profiles", profile }, { replace: true });
  const close = () => setWork(undefined);

  if (list === undefined || list.state === "listing")
    return error ? (
      <ErrorBanner error={error} />
    ) : (
      <EmptyState icon={<LoaderCircle aria-hidden className="spin" />} title={t("profiles.listing")} live />
    );
  if (list.state === "absent")
    return (
      <EmptyState icon={<UsersRound aria-hidden />} title={t("profiles.absent")} text={t("profiles.absentText")} live>
        <Button variant="primary" onPress={() => goStep("settings")}>
          {t("profiles.install")}
        </Button>
      </EmptyState>
    );
  if (list.state === "failed" && list.problem)
    return (
      <div className="profiles-failed">
        <ErrorBanner error={list.problem} />
      </div>
    );

  const isEmpty = list.profiles.length === 0;
  const buttons = (
    <>
      <Button icon={<Upload aria-hidden />} onPress={() => setWork({ do: "class" })}>
        {t("profiles.classList")}
      </Button>
      <Button variant="primary" icon={<Plus aria-hidden />} onPress={() => setWork({ do: "create" })}>
        {t("profiles.new")}
      </Button>
    </>
  );
  return (
    <div className="profiles">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: letters are shortcuts for the buttons in it */}
      <div
        className="profiles-main"
        onKeyDown={(event) => {
          if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
          if (event.key === "/") field.current?.focus();
          else if (event.key === "n" && singleKeysOn() && !list.limited) setWork({ do: "create" });
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <header className="profiles-head">
          <h1>{t("profiles.title")}</h1>
          <span className="profiles-count">{list.profiles.length}</span>
          <span className="grow" />
          {isEmpty ? null : (
            <>
              <input
                ref={field}
                type="search"
                className="profiles-filter"
                aria-label={t("profiles.filter")}
                placeholder={`/ ${t("profiles.filter")}`}
                value={filter}
                onChange={(event) => setFilter(event.target.value)}
              />
              {list.limited ? null : buttons}
            </>
          )}
        </header>
        <Together profiles={list.profiles} cpu={list.allocatable.cpu} />
        {list.limited ? <p role="status">{t("profiles.limited")}</p> : null}
        {list.state === "reconnecting" ? <p role="status">{t("profiles.reconnecting")}</p> : null}
        {list.unread.length > 0 ? (
          <p role="status" className="text-warn">
            {t("profiles.unread", { kinds: list.unread.map(({ kind }) => kind).join(", ") })}
          </p>
        ) : null}
        {isEmpty ? (
          <EmptyState
            icon={<UsersRound aria-hidden />}
            title={t(list.limited ? "profiles.noneOwn" : "profiles.none")}
            text={t("profiles.noneText")}
          >
            {list.limited ? null : buttons}
          </EmptyState>
        ) : shown.length === 0 ? (
          <p>{t("profiles.noMatch", { filter })}</p>
        ) : (
          <>
            <ProfileTable
              context={context}
              profiles={shown}
              selected={open?.name}
              onSelect={select}
              onWork={(next) => {
                if ("profile" in next) select(typeof next.profile === "string" ? next.profile : next.profile.name);
                setWork(next);
              }}
            />
            <Keys mayCreate={!list.limited} />
          </>
        )}
      </div>
      {open ? (
        <ProfilePane
          key={open.name}
          context={context}
          profile={open}
          changes={changes}
          sharing={work?.do === "share" && work.profile === open.name ? work : undefined}
          onWork={setWork}
          onClose={() => {
            select(undefined);
            document.querySelector<HTMLElement>(`[data-profile="${CSS.escape(open.name)}"]`)?.focus();
          }}
        />
      ) : null}
      {work?.do === "podDefault" ? (
        <PodDefaultDialog
          context={context}
          profile={work.profile}
          onClose={close}
          onDone={() => {
            close();
            setChanges(changes + 1);
          }}
        />
      ) : null}
      {work?.do === "create" ? <CreateDialog context={context} onClose={close} onCreated={select} /> : null}
      {work?.do === "class" ? <ClassListDialog context={context} onClose={close} /> : null}
      {work?.do === "quota" ? <QuotaDialog context={context} profile={work.profile} onClose={close} /> : null}
      {work?.do === "owner" ? <OwnerDialog context={context} profile={work.profile} onClose={close} /> : null}
      {work?.do === "delete" ? <DeleteDialog context={context} profile={work.profile} onClose={close} /> : null}
    </div>
  );
}

function matching(profiles: readonly Profile[], filter: string): Profile[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return profiles.filter(({ name, owner, members }) => {
    const text = [name, owner.name, ...members.map(({ user }) => user)].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** To promise more than there is is the usual mistake. */
function Together({ profiles, cpu }: { profiles: readonly Profile[]; cpu: string | undefined }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const asked = sumOf(profiles, "cpu");
  const has = parseQuantity(cpu);
  return (
    <p className="profiles-about">
      {t("profiles.about")}{" "}
      {asked === undefined || has === undefined
        ? null
        : t("profiles.together", { asked: number(asked), has: number(has) })}
    </p>
  );
}

function Keys({ mayCreate }: { mayCreate: boolean }) {
  const { t } = useTranslation();
  return (
    <p className="profiles-keys">
      {profileKeys
        .filter(({ id }) => mayCreate || id !== "new")
        .map(({ key, id }) => (
          <span key={id}>
            <Kbd>{key}</Kbd> {t(`profiles.keys.${id}`)}
          </span>
        ))}
    </p>
  );
}
