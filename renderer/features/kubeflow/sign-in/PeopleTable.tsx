import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SignInChange, SignInPerson, SignInState } from "../../../../common/contract/index.ts";
import { visibleBidi } from "../../../../common/text/index.ts";
import { Button } from "../../../ui/Button.tsx";
import { Check, CircleAlert, Plus, Upload } from "../../../ui/icons.ts";
import { ScrollRegion } from "../../../ui/ScrollRegion.tsx";
import { Tag } from "../../../ui/Tag.tsx";

export interface PeopleTableProps {
  state: SignInState;
  onAsk: (change: SignInChange) => void;
  onForm: (form: "add" | "import" | "password", email: string) => void;
}

/** From here on a list is searched rather than read. */
const searched = 8;

/** Everyone in Dex's list; what is selected is disabled, enabled or removed. */
export function PeopleTable({ state: { people }, onAsk, onForm }: PeopleTableProps) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState("");
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const shown = useMemo(() => matching(people, filter), [people, filter]);
  const chosen = people.filter(({ email }) => selected.has(email));
  const emails = chosen.map(({ email }) => email);
  const [only] = emails;
  const isOff = chosen.length > 0 && chosen.every(({ disabled }) => disabled);
  const toggle = (email: string) =>
    setSelected((now) => new Set(now.has(email) ? [...now].filter((one) => one !== email) : [...now, email]));
  const all = shown.length > 0 && shown.every(({ email }) => selected.has(email));
  return (
    <section className="people-section">
      <div className="people-buttons">
        <Button variant="primary" icon={<Plus aria-hidden />} onPress={() => onForm("add", "")}>
          {t("people.add")}
        </Button>
        <Button icon={<Upload aria-hidden />} onPress={() => onForm("import", "")}>
          {t("people.import")}
        </Button>
        <span className="grow" />
        {people.length > searched ? (
          <input
            type="search"
            className="people-filter"
            aria-label={t("people.filter")}
            placeholder={t("people.filter")}
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        ) : null}
      </div>
      {people.length === 0 ? <p className="muted">{t("people.none")}</p> : null}
      {people.length > 0 ? (
        <ScrollRegion label={t("people.list")} className="scrolled-list">
          <table className="people-table">
            <thead>
              <tr>
                <th scope="col">
                  <input
                    type="checkbox"
                    aria-label={t("people.selectAll")}
                    checked={all}
                    onChange={() => setSelected(all ? new Set() : new Set(shown.map(({ email }) => email)))}
                  />
                </th>
                <th scope="col">{t("people.email")}</th>
                <th scope="col">{t("people.name")}</th>
                <th scope="col">{t("people.state")}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((person) => (
                <tr key={person.email}>
                  <td>
                    <input
                      type="checkbox"
                      aria-label={t("people.select", { email: visibleBidi(person.email) })}
                      checked={selected.has(person.email)}
                      onChange={() => toggle(person.email)}
                    />
                  </td>
                  <th scope="row">{visibleBidi(person.email)}</th>
                  <td>{visibleBidi(person.username)}</td>
                  <td>
                    <State person={person} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {shown.length === 0 ? <p>{t("people.noMatch", { filter })}</p> : null}
        </ScrollRegion>
      ) : null}
      <div className="people-buttons">
        <Button
          isDisabled={emails.length !== 1}
          onPress={() => (only === undefined ? undefined : onForm("password", only))}
        >
          {t("people.password")}
        </Button>
        <Button isDisabled={emails.length === 0} onPress={() => onAsk({ do: isOff ? "enable" : "disable", emails })}>
          {t(isOff ? "people.enable" : "people.disable")}
        </Button>
        <Button variant="danger" isDisabled={emails.length === 0} onPress={() => onAsk({ do: "remove", emails })}>
          {t("people.remove")}
        </Button>
        <span className="muted" role="status">
          {t("people.selected", { count: emails.length })}
        </span>
      </div>
    </section>
  );
}

function matching(people: readonly SignInPerson[], filter: string): SignInPerson[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return people.filter(({ email, username }) =>
    words.every((word) => `${email}\n${username}`.toLowerCase().includes(word)),
  );
}

function State({ person: { disabled, hasPassword } }: { person: SignInPerson }) {
  const { t } = useTranslation();
  if (!hasPassword)
    return (
      <Tag tone="bad" sign={<CircleAlert aria-hidden size={12} />}>
        {t("people.noPassword")}
      </Tag>
    );
  if (disabled) return <Tag>{t("people.disabled")}</Tag>;
  return (
    <Tag tone="ok" sign={<Check aria-hidden size={12} />}>
      {t("people.enabled")}
    </Tag>
  );
}
