import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { Switch } from "react-aria-components/Switch";
import { useTranslation } from "react-i18next";
import { setPreferences, useApp } from "../state/app.ts";
import type { Command } from "../state/command-registry.ts";
import { contributions, featureCommands } from "../state/contributions.tsx";
import { chooseKey, clashes, keyOfCommand, useKeyChoice, useKeySheet } from "../state/keys.ts";
import { Button } from "../ui/Button.tsx";
import { Kbd } from "../ui/Kbd.tsx";
import { keyName, shownKey } from "../ui/key-names.ts";
import { ScrollRegion } from "../ui/ScrollRegion.tsx";
import { onMac } from "../ui/shortcut.ts";
import { commands } from "./commands.ts";
import "./KeySheet.css";

const groups: readonly Command["group"][] = ["go", "table", "object", "dock", "cluster", "look"];

/** All keys at a glance, made from the commands themselves; and where each can be given another. */
export function KeySheet() {
  const { t } = useTranslation();
  const { open } = useKeySheet();
  const close = () => useKeySheet.setState({ open: "no" });
  const aliases = featureCommands(t).find(({ id }) => id === "aliases:edit");
  return (
    <ModalOverlay
      className="palette-overlay"
      isOpen={open !== "no"}
      onOpenChange={(next) => !next && close()}
      isDismissable
    >
      <Modal className="key-sheet">
        <Dialog className="key-dialog">
          <header className="key-head">
            <Heading slot="title">{t(open === "change" ? "browse.keys.change" : "browse.keys.title")}</Heading>
            <span className="grow" />
            <Button size="sm" onPress={() => useKeySheet.setState({ open: open === "change" ? "read" : "change" })}>
              {t(open === "change" ? "browse.keys.read" : "browse.keys.change")}
            </Button>
            {aliases ? (
              <Button
                size="sm"
                onPress={() => {
                  close();
                  aliases.run();
                }}
              >
                {aliases.title}
              </Button>
            ) : null}
            <Button size="sm" onPress={close}>
              {t("browse.keys.close")}
            </Button>
          </header>
          <Singles />
          {open === "change" ? <Change /> : <Read />}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Singles() {
  const { t } = useTranslation();
  const on = useApp((state) => state.preferences.singleLetterKeys ?? true);
  return (
    <Switch
      className="key-switch"
      isSelected={on}
      onChange={(singleLetterKeys) => void setPreferences({ singleLetterKeys })}
    >
      <span className="key-track" aria-hidden />
      {t("browse.keys.singles")}
    </Switch>
  );
}

function Read() {
  const { t } = useTranslation();
  const chosen = useKeyChoice();
  const [all] = useState(() => commands(t));
  return (
    <ScrollRegion className="key-scroll" label={t("browse.keys.title")}>
      <div className="key-columns">
        {groups.map((group) => {
          const withKeys = all.filter((command) => command.group === group && keyOfCommand(command, chosen));
          if (withKeys.length === 0) return null;
          return (
            <section key={group} className="key-group">
              <h3>{t(`palette.group.${group}`)}</h3>
              <dl>
                {withKeys.map((command) => (
                  <div key={command.id} className="key-line">
                    <dt>{command.title}</dt>
                    <dd>
                      <Kbd>{shownKey(keyOfCommand(command, chosen) ?? "", onMac())}</Kbd>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
        {contributions()
          .flatMap(({ keys = [] }) => keys.map((source) => source(t)))
          .map(({ title, keys }) => (
            <section key={title} className="key-group">
              <h3>{t("browse.keys.inPlace", { place: title })}</h3>
              <dl>
                {keys.map(([key, does]) => (
                  <div key={key} className="key-line">
                    <dt>{does}</dt>
                    <dd>
                      <Kbd>{key}</Kbd>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        <section className="key-group">
          <h3>{t("browse.keys.inLists")}</h3>
          <dl>
            {(
              [
                ["↑ ↓", "browse.keys.move"],
                ["PgUp PgDn", "browse.keys.page"],
                ["Home End", "browse.keys.ends"],
                ["← →", "browse.keys.sideways"],
                ["Shift ↑ ↓", "browse.keys.range"],
              ] as const
            ).map(([key, words]) => (
              <div key={key} className="key-line">
                <dt>{t(words)}</dt>
                <dd>
                  <Kbd>{key}</Kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </ScrollRegion>
  );
}

function Change() {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [all] = useState(() => commands(t));
  const wanted = text.trim().toLowerCase();
  const shown = all.filter((command) => command.title.toLowerCase().includes(wanted));
  return (
    <>
      <input
        className="key-filter"
        type="text"
        placeholder={t("browse.keys.filter")}
        aria-label={t("browse.keys.filter")}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className="key-list">
        {shown.map((command) => (
          <ChangeLine key={command.id} command={command} all={all} />
        ))}
      </ul>
    </>
  );
}

function ChangeLine({ command, all }: { command: Command; all: readonly Command[] }) {
  const { t } = useTranslation();
  const chosen = useKeyChoice();
  const [asking, setAsking] = useState(false);
  const key = keyOfCommand(command, chosen);
  const others = key === undefined ? [] : clashes(key, command.id, all, chosen);
  const changed = command.id in chosen;
  const line = useRef<HTMLLIElement>(null);
  const away = useRef(false);
  // What was pressed is gone or can't be pressed any more: the focus stays in its line.
  useEffect(() => {
    if (!away.current || asking) return;
    away.current = false;
    line.current?.querySelector("button")?.focus();
  });
  const ask = () => {
    away.current = true;
    setAsking(true);
  };
  const reset = () => {
    away.current = true;
    chooseKey(command.id, undefined);
  };
  return (
    <li ref={line} className="key-change">
      <span className="key-title">
        {command.title}
        {others.length > 0 ? (
          <span className="key-clash">
            △ {t("browse.keys.clash", { other: others.map(({ title }) => title).join(", ") })}
          </span>
        ) : null}
      </span>
      {asking ? (
        <Ask
          onKey={(pressed) => {
            if (pressed !== undefined) chooseKey(command.id, pressed);
            setAsking(false);
          }}
        />
      ) : (
        <>
          {key ? <Kbd>{shownKey(key, onMac())}</Kbd> : <span className="faint">–</span>}
          <Button size="sm" aria-label={t("browse.keys.changeOf", { command: command.title })} onPress={ask}>
            {t("browse.keys.change1")}
          </Button>
          <Button
            size="sm"
            variant="ghost"
            isDisabled={!changed}
            aria-label={t("browse.keys.resetOf", { command: command.title })}
            onPress={reset}
          >
            {t("browse.keys.reset")}
          </Button>
        </>
      )}
    </li>
  );
}

/** Waits for one key; Escape leaves things as they are, Backspace takes the key away. */
function Ask({ onKey }: { onKey: (key: string | undefined) => void }) {
  const { t } = useTranslation();
  useEffect(() => document.querySelector<HTMLElement>("[data-ask-key]")?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") onKey(undefined);
    else if (event.key === "Backspace") onKey("");
    else {
      const name = keyName(event.nativeEvent, onMac());
      if (name !== undefined) onKey(name);
    }
  };
  return (
    <button type="button" className="key-ask" data-ask-key onKeyDown={onKeyDown} onBlur={() => onKey(undefined)}>
      {t("browse.keys.press")}
    </button>
  );
}
