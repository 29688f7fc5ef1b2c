import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Cause, CauseHelp, ObjectJson, ObjectTarget } from "../../electron/contract/index.ts";
import { useObjectActions } from "../actions/objectActions.ts";
import { openDockTab } from "../store/dock.ts";
import { browse, go } from "../store/route.ts";
import { Button } from "../ui/Button.tsx";
import { useInsight } from "./insight.ts";
import { ObjectAnchor, placeOf } from "./links.tsx";

/** Why the object is not as it should be, in a sentence, with what helps. Nothing when nothing is wrong. */
export function Why({ target }: { target: ObjectTarget; object: ObjectJson }) {
  const { t } = useTranslation();
  const { insight } = useInsight(target);
  const causes = insight?.causes ?? [];
  const worst = causes[0];
  if (worst === undefined) return null;
  const title = worst.level === "bad" ? "object.whyBad" : "object.whyWarn";
  return (
    <section className={`object-why object-why-${worst.level}`} aria-label={t(title)}>
      <h3>{t(title)}</h3>
      {causes.map((cause) => (
        <CauseLines key={`${cause.id} ${JSON.stringify(cause.params)}`} cause={cause} target={target} />
      ))}
    </section>
  );
}

function CauseLines({ cause, target }: { cause: Cause; target: ObjectTarget }) {
  const { t } = useTranslation();
  const [explained, setExplained] = useState(false);
  const { about, words, id, params } = cause;
  const repeated = words !== undefined && Object.values(params).some((value) => value.includes(words.slice(0, 60)));
  return (
    <div className="object-cause">
      <p>
        {about ? (
          <>
            <ObjectAnchor context={target.context} link={about}>
              {about.kind} {about.name}
            </ObjectAnchor>
            {": "}
          </>
        ) : null}
        <Marked>{t(`object.why.${id}`, { ...params, defaultValue: id })}</Marked>
      </p>
      {words && !repeated ? <p className="object-words mono">{words}</p> : null}
      {explained ? (
        <p className="object-explained">{t(`object.explain.${id}`, { ...params, defaultValue: id })}</p>
      ) : null}
      <div className="object-cause-buttons">
        {cause.help.map((help, index) => (
          <HelpButton key={help} help={help} cause={cause} target={target} first={index === 0} />
        ))}
        <Button size="sm" onPress={() => setExplained(!explained)} aria-expanded={explained}>
          {t(explained ? "object.explainLess" : "object.explainMore")}
        </Button>
      </div>
    </div>
  );
}

/** Names in a sentence stand in backquotes; they are shown as code. */
function Marked({ children }: { children: string }): ReactNode {
  return children.split("`").map((part, index) =>
    index % 2 === 1 ? (
      // The parts of one sentence have no other name than their place.
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <code key={index}>{part}</code>
    ) : (
      part
    ),
  );
}

function HelpButton(props: { help: CauseHelp; cause: Cause; target: ObjectTarget; first: boolean }) {
  const { t } = useTranslation();
  const { help, cause, target, first } = props;
  const actions = useObjectActions([target]);
  const about: ObjectTarget = cause.about ? { ...cause.about, context: target.context } : target;
  const act = (id: RegExp) => actions.find((action) => id.test(action.id));
  const helps: Record<CauseHelp, (() => void) | undefined> = {
    image: act(/image/)?.unavailable === undefined ? act(/image/)?.run : undefined,
    resume: act(/resume/)?.unavailable === undefined ? act(/resume/)?.run : undefined,
    logs: () => openLogs(about, cause.params.container),
    previousLogs: act(/logs-previous/)?.run,
    events: () => go(placeOf(target.context, about, "events")),
    storageClasses: () => browse({ context: target.context, resource: "storageclasses.storage.k8s.io" }),
    nodes: () => browse({ context: target.context, resource: "nodes" }),
  };
  const run = helps[help];
  if (run === undefined) return null;
  return (
    <Button size="sm" variant={first ? "primary" : "default"} onPress={run}>
      {t(`object.help.${help}`)}
    </Button>
  );
}

function openLogs(target: ObjectTarget, container: string | undefined): void {
  openDockTab({ kind: "logs", target, ...(container === undefined ? {} : { container }) }, target.name);
}
