import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, InstallSettings, PlanSummary, UpgradePlan } from "../../../../common/contract/index.ts";
import { useApp } from "../../../state/app.ts";
import { draftFrom } from "../../../state/draft.ts";
import { startInstall, takeInstallError } from "../../../state/install.ts";
import { go, goStep } from "../../../state/route.ts";
import { useTitles } from "../../../state/use-titles.ts";
import { Button } from "../../../ui/Button.tsx";
import { Field } from "../../../ui/Field.tsx";
import { useFormat } from "../../../ui/format.ts";
import { ObjectChange } from "./ObjectChange.tsx";
import { ObjectList } from "./ObjectList.tsx";
import { Steps } from "./Steps.tsx";
import { grouped, isEmpty, type ListId, listIds, objectOf, recreatedIn } from "./upgrade-lists.ts";

export interface UpgradePlanViewProps {
  plan: UpgradePlan;
  summary: PlanSummary;
  settings: InstallSettings;
  onRefused: (error: AppError | undefined) => void;
}

/** The four lists, one object, and what needs a decision; it starts once all of that is made. */
export function UpgradePlanView({ plan, summary, settings, onRefused }: UpgradePlanViewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const titles = useTitles();
  const singleKeys = useApp((state) => state.preferences.singleLetterKeys ?? true);
  const [list, setList] = useState<ListId>(plan.changed.length > 0 ? "changed" : "created");
  const [text, setText] = useState("");
  const [selected, setSelected] = useState<string | undefined>(() => grouped(plan, "changed", "")[0]?.objects[0]?.key);
  const [field, setField] = useState(-1);
  const [consents, setConsents] = useState<ReadonlySet<string>>(new Set());
  const [prune, setPrune] = useState<ReadonlySet<string>>(new Set());
  const [starting, setStarting] = useState(false);
  const find = useRef<HTMLDivElement>(null);
  const groups = grouped(plan, list, text);
  const one = groups.flatMap(({ objects }) => objects).find(({ key }) => key === selected);
  const missing = recreatedIn(plan).filter((key) => !consents.has(key));
  const nothing = isEmpty(plan, prune);
  const off = starting || missing.length > 0 || nothing;
  const consent = (keys: readonly string[], on: boolean) =>
    setConsents((now) => new Set(on ? [...now, ...keys] : [...now].filter((key) => !keys.includes(key))));
  const toggle = (key: string) =>
    setPrune((now) => new Set(now.has(key) ? [...now].filter((other) => other !== key) : [...now, key]));
  const select = (key: string) => {
    setSelected(key);
    setField(-1);
  };
  const start = async () => {
    if (off) return;
    setStarting(true);
    const began = await startInstall(summary, {
      ...{ password: "", secrets: {}, certificate: undefined, signIn: undefined, baseDir: settings.baseDir },
      upgrade: { consents: [...consents], prune: [...prune] },
    });
    setStarting(false);
    if (!began) {
      onRefused(takeInstallError());
      return;
    }
    draftFrom(settings);
    goStep("install");
  };
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void start();
      return;
    }
    const inText = event.target instanceof HTMLElement && event.target.closest("input, button, label, a") !== null;
    if (inText || !singleKeys || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = (one?.fields?.length ?? 0) - 1;
    const keys: Record<string, () => void> = {
      j: () => setField((now) => Math.min(last, now + 1)),
      k: () => setField((now) => Math.max(0, now - 1)),
      "/": () => find.current?.querySelector("input")?.focus(),
      " ": () => {
        if (one?.recreate) consent([one.key], !consents.has(one.key));
        else if (one?.stays) toggle(one.key);
      },
    };
    const run = keys[event.key.toLowerCase()];
    if (run === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  const titleOf = (id: string) => titles.component(plan.to, { id, title: plan.titles[id] ?? id });
  const names = missing.map((key) => objectOf(plan, key)?.name ?? key).join(", ");
  const now = plan.changed.length + plan.unchanged.length + plan.removed.length;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts for what has buttons of its own
    <div className="upgrade-plan" onKeyDown={onKey}>
      <p className="muted upgrade-totals">
        {nothing
          ? t("upgrade.none")
          : t("upgrade.totals", { now: format.number(now), afterwards: format.number(summary.totals.objects) })}
      </p>
      <fieldset className="upgrade-strip" aria-label={t("upgrade.lists")}>
        {listIds.map((id) => (
          <Button
            key={id}
            className={`upgrade-${id}`}
            variant="ghost"
            aria-pressed={list === id}
            onPress={() => {
              setList(id);
              const first = grouped(plan, id, text)[0]?.objects[0]?.key;
              setSelected(first);
              setField(-1);
            }}
          >
            <b>{format.number(plan[id].length)}</b> {t(`upgrade.${id}`)}
          </Button>
        ))}
      </fieldset>
      <div className="upgrade-columns">
        <div className="upgrade-side">
          <div ref={find}>
            <Field label={t("upgrade.find")} type="search" value={text} onChange={setText} />
          </div>
          {groups.length === 0 ? (
            <p className="muted" role="status">
              {t(plan[list].length === 0 ? "upgrade.empty" : "upgrade.nothing")}
            </p>
          ) : (
            <ObjectList label={t(`upgrade.${list}`)} {...{ groups, selected, prune, titleOf }} onSelect={select} />
          )}
        </div>
        <ObjectChange
          {...{ one, list, field }}
          allowed={one !== undefined && consents.has(one.key)}
          pruned={one !== undefined && prune.has(one.key)}
          onAllow={() => one && consent([one.key], !consents.has(one.key))}
          onPrune={() => one && toggle(one.key)}
        />
        <Steps {...{ plan, consents }} onConsent={consent} />
      </div>
      <footer className="upgrade-foot">
        <Button variant="ghost" onPress={() => go({ place: "kubeflow" })}>
          {t("upgrade.back")}
        </Button>
        <span className="muted">{t("upgrade.canGoBack")}</span>
        <span className="grow" />
        <span className="text-warn" role="status">
          {missing.length > 0 ? t("upgrade.missing", { count: missing.length, names }) : ""}
        </span>
        <Button variant="primary" isDisabled={off} onPress={() => void start()}>
          {starting ? t("upgrade.starting") : t(plan.from === plan.to ? "upgrade.startSame" : "upgrade.start")}
        </Button>
      </footer>
      <p className="faint upgrade-keys">{t("upgrade.keys")}</p>
    </div>
  );
}
