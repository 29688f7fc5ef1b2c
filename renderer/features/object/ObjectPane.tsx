import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components/Tabs";
import { useTranslation } from "react-i18next";
import type { ObjectTarget } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { contributions, type Parts } from "../../state/contributions.tsx";
import { useObject } from "../../state/object.ts";
import { Banner } from "../../ui/Banner.tsx";
import { IconButton } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Maximize2, Minimize2, X } from "../../ui/icons.ts";
import { useErrorWords } from "../../ui/use-error-words.ts";
import { ActionButtons } from "./ActionButtons.tsx";
import { Breadcrumb } from "./Breadcrumb.tsx";
import { useInsight } from "./insight.ts";
import "./ObjectPane.css";

/** Everything about one object, beside the table it was chosen in. */
export function ObjectPane({ target, tab, onTab, onClose }: Parts["objectPane"]) {
  const { t } = useTranslation();
  const [wide, setWide] = useState(false);
  const tabs = contributions()
    .flatMap(({ objectTabs = [] }) => objectTabs)
    .filter(({ when }) => when?.(target) ?? true)
    .toSorted((a, b) => a.order - b.order);
  const shown = tabs.find(({ id }) => id === tab)?.id ?? "overview";
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The tabs are drawn one step after the pane.
    const frame = requestAnimationFrame(() =>
      list.current?.querySelector(`[data-key="${shown}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" }),
    );
    return () => cancelAnimationFrame(frame);
  }, [shown]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !wide || event.defaultPrevented) return;
    event.stopPropagation();
    setWide(false);
  };
  return (
    <aside
      className="object-pane"
      data-wide={wide || undefined}
      onKeyDown={onKeyDown}
      aria-label={t("object.pane", { kind: target.kind, name: target.name })}
    >
      <header className="object-head">
        <div className="object-line">
          <Breadcrumb target={target} />
          <IconButton label={t(wide ? "object.narrow" : "object.wide")} onPress={() => setWide(!wide)}>
            {wide ? <Minimize2 size={14} /> : <Maximize2 size={14} />}
          </IconButton>
          <IconButton label={t("object.close")} onPress={onClose}>
            <X size={15} />
          </IconButton>
        </div>
        <h2 className="object-name mono">{visibleBidi(target.name)}</h2>
        <ActionButtons target={target} />
      </header>
      <Tabs className="object-tabs" selectedKey={shown} onSelectionChange={(key) => onTab(String(key))}>
        <TabList ref={list} className="object-tab-list" aria-label={t("object.tabs")}>
          {tabs.map(({ id }) => (
            <Tab key={id} id={id} className="object-tab">
              {t(`object.tab.${id}`)}
              {id === "events" ? <EventCount target={target} /> : null}
            </Tab>
          ))}
        </TabList>
        {tabs.map(({ id, Content }) => (
          <TabPanel key={id} id={id} className={`object-panel object-panel-${id}`}>
            <Standing target={target} />
            <Content target={target} />
          </TabPanel>
        ))}
      </Tabs>
    </aside>
  );
}

function EventCount({ target }: { target: ObjectTarget }) {
  const { insight } = useInsight(target);
  return insight && insight.events > 0 ? <span className="object-count"> {insight.events}</span> : null;
}

/** Said above every tab: that the object is gone, is another one now, or can't be read. */
function Standing({ target }: { target: ObjectTarget }) {
  const errorWords = useErrorWords();
  const { t } = useTranslation();
  const { object, deleted, anew, state, error } = useObject(target);
  if (error && !object) {
    return (
      <div className="object-standing">
        <ErrorBanner error={error} />
      </div>
    );
  }
  const words = deleted
    ? t(object ? "object.deleted" : "object.notThere")
    : anew
      ? t("object.anew")
      : state === "reconnecting"
        ? t("object.reconnecting")
        : undefined;
  if (words === undefined) return null;
  return (
    <div className="object-standing">
      <Banner tone={state === "reconnecting" && !deleted ? "warn" : "info"} title={words} live>
        {deleted || !error ? undefined : errorWords(error).title}
      </Banner>
    </div>
  );
}
