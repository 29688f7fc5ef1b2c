import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId, EventView } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { ObjectAnchor } from "../../state/connected/ObjectAnchor.tsx";
import { plainTarget } from "../../state/object.ts";
import type { ObjectTabProps } from "../../state/object-tab.ts";
import { useStream } from "../../state/use-stream.ts";
import { Age } from "../../ui/Age.tsx";
import { CheckLine } from "../../ui/CheckLine.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";

/** What happened to the object and to what it made, newest first, as it comes in. */
export function EventsTab({ target }: ObjectTabProps) {
  const { t } = useTranslation();
  const [warningsFirst, setWarningsFirst] = useState(false);
  const { item, error } = useStream("object.events", plainTarget(target));
  if (item === undefined) {
    return error ? <ErrorBanner error={error} /> : <p role="status">{t("common.looking")}</p>;
  }
  const { events, more } = item;
  if (events.length === 0) return <p>{t("object.noEvents")}</p>;
  const shown = warningsFirst ? [...events].sort((one, other) => Number(other.warning) - Number(one.warning)) : events;
  return (
    <div className="object-events">
      <CheckLine isSelected={warningsFirst} onChange={setWarningsFirst}>
        {t("object.warningsFirst")}
      </CheckLine>
      <ul aria-label={t("object.tab.events")}>
        {shown.map((event) => (
          <EventLine key={event.key} event={event} context={target.context} />
        ))}
      </ul>
      {more > 0 ? <p>{t("object.moreEvents", { count: more })}</p> : null}
    </div>
  );
}

function EventLine({ event, context }: { event: EventView; context: ContextId }) {
  const { t } = useTranslation();
  const { warning, reason, message, count, first, last, source, about } = event;
  return (
    <li className={warning ? "event event-warning" : "event"}>
      <div className="event-head">
        <span className="event-sign" aria-hidden>
          {warning ? "!" : "·"}
        </span>
        {warning ? <span className="sr-only">{t("object.warning")}</span> : null}
        <b>{visibleBidi(reason)}</b>
        {count > 1 ? <span className="event-count">×{count}</span> : null}
        <span className="row-end">
          <Age since={last} />
          {count > 1 && last - first > 1000 ? (
            <>
              {" "}
              ({t("object.over")} <Age since={first} />)
            </>
          ) : null}
        </span>
      </div>
      <p className="event-words" lang="en">
        {visibleBidi(message)}
      </p>
      {about || source ? (
        <p className="event-about">
          {about ? (
            <ObjectAnchor context={context} link={about}>
              {about.kind} {visibleBidi(about.name)}
            </ObjectAnchor>
          ) : null}
          {about && source ? " · " : ""}
          {visibleBidi(source)}
        </p>
      ) : null}
    </li>
  );
}
