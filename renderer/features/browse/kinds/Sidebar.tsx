import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId, ResourceInfo } from "../../../../common/contract/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import {
  countKey,
  followCounts,
  setBrowsePreferences,
  toggled,
  useBrowse,
  useBrowsePreferences,
} from "../../../state/browse.ts";
import { introducedKind, kindName } from "../../../state/kind-name.ts";
import { resourceKey } from "../../../state/resource-key.ts";
import { type BrowsePlace, changedPlace, formatRoute, useRoute } from "../../../state/route.ts";
import { useFormat } from "../../../ui/format.ts";
import { ChevronRight, Lock, Star } from "../../../ui/icons.ts";
import { SavedViews } from "../views/SavedViews.tsx";
import { filterCustom, groupKinds } from "./kind-groups.ts";
import "./Sidebar.css";

/** The kinds the cluster serves, in groups, with how many there are. Arrows go from line to line, as in a tree. */
export function Sidebar({ kinds, place, context }: { kinds: ResourceInfo[]; place: BrowsePlace; context: ContextId }) {
  const { t } = useTranslation();
  const nav = useRef<HTMLElement>(null);
  const { favouriteKinds, closedGroups } = useBrowsePreferences();
  const { groups, custom } = useMemo(() => groupKinds(kinds), [kinds]);
  const [text, setText] = useState("");
  const found = useMemo(() => filterCustom(custom, text), [custom, text]);
  const byKey = useMemo(() => new Map(kinds.map((info) => [resourceKey(info), info])), [kinds]);
  const favourites = favouriteKinds.flatMap((key) => byKey.get(key) ?? []);
  const [opened, setOpened] = useState<readonly string[]>([]);
  const isOpen = (id: string) => !closedGroups.includes(id);
  const filtering = text.trim() !== "";
  const customOpen = (group: string) => filtering || opened.includes(`custom:${group}`);

  const shown = [
    ...favourites,
    ...groups.flatMap(({ id, main, more }) =>
      isOpen(id) ? [...main, ...(opened.includes(id) ? more : more.filter(isHere))] : [],
    ),
    ...(opened.includes("custom") ? found.flatMap(({ group, kinds: all }) => (customOpen(group) ? all : [])) : []),
  ];
  useCounts(context, place.namespaces, shown);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where one went to is to be seen
  useEffect(() => {
    nav.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest" });
  }, [place.resource]);

  function isHere(info: ResourceInfo): boolean {
    return resourceKey(info) === place.resource;
  }
  const line = (info: ResourceInfo, list: string) => (
    <KindLine
      key={`${list}:${resourceKey(info)}`}
      info={info}
      place={place}
      favourite={favouriteKinds.includes(resourceKey(info))}
    />
  );
  const toggleOpened = (id: string) => setOpened((known) => toggled(known, id));
  const total = custom.reduce((sum, group) => sum + group.kinds.length, 0);

  return (
    <nav
      ref={nav}
      className="sidebar"
      aria-label={t("browse.kinds.label")}
      onKeyDown={(event) => onKey(event, nav.current)}
    >
      <OverviewLine />
      <SavedViews place={place} />
      {favourites.length > 0 ? (
        <Section id="favourites" title={t("browse.group.favourites")} open={isOpen("favourites")}>
          {favourites.map((info) => line(info, "favourites"))}
        </Section>
      ) : null}
      {groups.map(({ id, main, more }) => (
        <Section key={id} id={id} title={t(`browse.group.${id}`)} open={isOpen(id)}>
          {main.map((info) => line(info, id))}
          {(opened.includes(id) ? more : more.filter(isHere)).map((info) => line(info, id))}
          {more.length > 0 ? (
            <More open={opened.includes(id)} count={more.length} onPress={() => toggleOpened(id)} />
          ) : null}
        </Section>
      ))}
      {custom.length > 0 ? (
        <Section id="custom" title={t("browse.group.custom")} open={isOpen("custom")}>
          {opened.includes("custom") ? (
            <li>
              <input
                className="sidebar-filter"
                type="search"
                placeholder={t("browse.kinds.filter")}
                aria-label={t("browse.kinds.filter")}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </li>
          ) : null}
          {opened.includes("custom")
            ? found.map(({ group, kinds: all }) => (
                <li key={group} className="sidebar-api">
                  <button
                    type="button"
                    className="sidebar-line"
                    data-line
                    aria-expanded={customOpen(group)}
                    onClick={() => toggleOpened(`custom:${group}`)}
                  >
                    <ChevronRight aria-hidden size={11} />
                    <span className="sidebar-name" title={group}>
                      {group}
                    </span>
                    <span className="sidebar-count">{all.length}</span>
                  </button>
                  {customOpen(group) ? <ul>{all.map((info) => line(info, group))}</ul> : null}
                </li>
              ))
            : custom.flatMap(({ group, kinds: all }) => all.filter(isHere).map((info) => line(info, group)))}
          {opened.includes("custom") && filtering && found.length === 0 ? (
            <li className="sidebar-none">{t("browse.kinds.none")}</li>
          ) : null}
          <li>
            <button
              type="button"
              className="sidebar-line sidebar-more"
              data-line
              aria-expanded={opened.includes("custom")}
              onClick={() => toggleOpened("custom")}
            >
              {opened.includes("custom") ? t("browse.kinds.less") : t("browse.kinds.custom", { count: total })}
            </button>
          </li>
        </Section>
      ) : null}
    </nav>
  );
}

/** The first line: how the cluster is doing at a glance. */
function OverviewLine() {
  const { t } = useTranslation();
  const here = useRoute(({ route }) => route.place === "overview");
  return (
    <a
      className="sidebar-line"
      data-line
      href={formatRoute({ place: "overview" })}
      {...(here ? { "aria-current": "page" as const } : {})}
    >
      <span className="sidebar-name">{t("overview.title")}</span>
    </a>
  );
}

function useCounts(context: ContextId, namespaces: string[], shown: readonly ResourceInfo[]): void {
  const key = JSON.stringify([context, namespaces, [...new Set(shown.map(resourceKey))]]);
  const latest = useRef({ context, namespaces, shown });
  latest.current = { context, namespaces, shown };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key holds all that is asked
  useEffect(() => {
    const { context: of, namespaces: inside, shown: all } = latest.current;
    const unique = [...new Map(all.map((info) => [resourceKey(info), info])).values()];
    return followCounts(of, inside, unique);
  }, [key]);
}

function Section({ id, title, open, children }: { id: string; title: string; open: boolean; children: ReactNode }) {
  const toggle = () => setBrowsePreferences(({ closedGroups }) => ({ closedGroups: toggled(closedGroups, id) }));
  return (
    <section className="sidebar-group" aria-label={title}>
      <h3>
        <button type="button" className="sidebar-title" data-line aria-expanded={open} onClick={toggle}>
          <span>{title}</span>
          <ChevronRight aria-hidden size={11} />
        </button>
      </h3>
      {open ? <ul>{children}</ul> : null}
    </section>
  );
}

function More({ open, count, onPress }: { open: boolean; count: number; onPress: () => void }) {
  const { t } = useTranslation();
  return (
    <li>
      <button type="button" className="sidebar-line sidebar-more" data-line aria-expanded={open} onClick={onPress}>
        {open ? t("browse.kinds.less") : t("browse.kinds.more", { count })}
      </button>
    </li>
  );
}

function KindLine({ info, place, favourite }: { info: ResourceInfo; place: BrowsePlace; favourite: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const key = resourceKey(info);
  const count = useBrowse((state) => state.counts.get(countKey(info)));
  const name = kindName(t, info);
  const introduced = introducedKind(t, useLanguage(), info) ?? info.kind;
  const here = key === place.resource;
  return (
    <li className="sidebar-item">
      <a
        className="sidebar-line"
        data-line
        href={formatRoute(changedPlace(place, { resource: key, object: undefined }))}
        title={info.group ? `${introduced} · ${info.group}` : introduced}
        {...(here ? { "aria-current": "page" as const } : {})}
      >
        <span className="sidebar-name">{name}</span>
        {count?.forbidden ? (
          <span className="sidebar-count" title={t("browse.kinds.forbidden")}>
            <Lock size={11} aria-hidden />
            <span className="sr-only">{t("browse.kinds.forbidden")}</span>
          </span>
        ) : (
          <span className="sidebar-count">{count?.count === undefined ? "" : format.number(count.count)}</span>
        )}
      </a>
      <button
        type="button"
        tabIndex={-1}
        className={favourite ? "sidebar-star sidebar-star-on" : "sidebar-star"}
        aria-pressed={favourite}
        aria-label={t("browse.kinds.favourite", { kind: name })}
        onClick={() => setBrowsePreferences(({ favouriteKinds }) => ({ favouriteKinds: toggled(favouriteKinds, key) }))}
      >
        <Star size={12} aria-hidden />
      </button>
    </li>
  );
}

/** Arrows, Home and End go from line to line; Left and Right close and open a group. */
function onKey(event: KeyboardEvent, nav: HTMLElement | null): void {
  if (!nav || event.altKey || event.ctrlKey || event.metaKey) return;
  if (!(event.target instanceof HTMLElement)) return;
  const lines = [...nav.querySelectorAll<HTMLElement>("[data-line], .sidebar-filter")];
  const at = lines.indexOf(event.target);
  const inText = event.target instanceof HTMLInputElement;
  const expanded = event.target.getAttribute("aria-expanded");
  if (event.key === "ArrowDown") lines[at + 1]?.focus();
  else if (event.key === "ArrowUp") lines[Math.max(0, at - 1)]?.focus();
  else if (event.key === "Home" && !inText) lines[0]?.focus();
  else if (event.key === "End" && !inText) lines.at(-1)?.focus();
  else if (event.key === "ArrowRight" && expanded === "false") event.target.click();
  else if (event.key === "ArrowLeft" && expanded === "true") event.target.click();
  else if (event.key === "ArrowRight" && event.target.matches("a"))
    event.target.parentElement?.querySelector<HTMLElement>(".sidebar-star")?.focus();
  else if (event.key === "ArrowLeft" && event.target.matches(".sidebar-star"))
    event.target.parentElement?.querySelector<HTMLElement>("a")?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
