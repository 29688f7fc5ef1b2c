import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Cause, CauseHelp, ObjectJson, ObjectTarget } from "../../../common/contract/index.ts";
import { isPodController } from "../../../common/kube/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { textOf } from "../../../common/words/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { ObjectAnchor, placeOf } from "../../state/connected/ObjectAnchor.tsx";
import { service } from "../../state/contributions.tsx";
import { openDockTab } from "../../state/dock.ts";
import type { ObjectAction } from "../../state/object-actions.ts";
import { go } from "../../state/route.ts";
import { useObjectActions } from "../../state/use-object-actions.ts";
import { Button } from "../../ui/Button.tsx";
import { Marked } from "../../ui/Marked.tsx";
import { useInsight } from "./insight.ts";
import { OwnWords } from "./OwnWords.tsx";

/** Why the object is not as it should be, in a sentence, with what helps. Nothing when nothing is wrong. */
export function Why({ target }: { target: ObjectTarget; object: ObjectJson }) {
  const { t } = useTranslation();
  const { insight } = useInsight(target);
  const actions = useObjectActions([target]);
  const causes = insight?.causes ?? [];
  const worst = causes[0];
  if (worst === undefined) return null;
  const title = worst.level === "bad" ? "object.whyBad" : "object.whyWarn";
  return (
    <section className={`object-why object-why-${worst.level}`} aria-label={t(title)}>
      <h3>{t(title)}</h3>
      {causes.map((cause) => (
        <CauseLines
          key={`${cause.id} ${JSON.stringify(cause.params)}`}
          cause={cause}
          target={target}
          actions={actions}
        />
      ))}
    </section>
  );
}

function CauseLines({ cause, target, actions }: Omit<HelpProps, "help" | "first">) {
  const { t } = useTranslation();
  const [explained, setExplained] = useState(false);
  const language = useLanguage();
  const { about, words, id, params, tries } = cause;
  const said = textOf({ id: `cause.${id}`, params }, language);
  const repeated = words !== undefined && said.includes(words.slice(0, 60));
  return (
    <div className="object-cause">
      <p>
        {about ? (
          <>
            <ObjectAnchor context={target.context} link={about}>
              {about.kind} {visibleBidi(about.name)}
            </ObjectAnchor>
            {": "}
          </>
        ) : null}
        <Marked>{visibleBidi(said)}</Marked>
        {tries === undefined ? "" : ` ${t("object.tried", { tries })}`}
      </p>
      {words && !repeated ? <OwnWords words={words} /> : null}
      {explained ? (
        <p className="object-explained">{t(`object.explain.${id}`, { ...params, defaultValue: id })}</p>
      ) : null}
      <div className="object-cause-buttons">
        {cause.help.map((help, index) => (
          <HelpButton key={help} help={help} cause={cause} target={target} actions={actions} first={index === 0} />
        ))}
        <Button size="sm" onPress={() => setExplained(!explained)} aria-expanded={explained}>
          {t(explained ? "object.explainLess" : "object.explainMore")}
        </Button>
      </div>
    </div>
  );
}

function HelpButton({ help, cause, target, actions, first }: HelpProps) {
  const { t } = useTranslation();
  const { insight } = useInsight(target);
  const { context } = target;
  const container = typeof cause.params.container === "string" ? cause.params.container : undefined;
  const about: ObjectTarget = cause.about ? { ...cause.about, context } : target;
  const action = actionOf(actions, help);
  // What runs pods: their image is changed there, or it would come back.
  const workload = insight?.owners.find(isPodController);
  const run =
    help === "image" && workload
      ? action && (() => service("objectActions")?.changeImage({ ...workload, context }, undefined))
      : (runOf(help, about, container) ?? action);
  if (run === undefined) return null;
  return (
    <Button size="sm" variant={first ? "primary" : "default"} onPress={run}>
      {t(`object.help.${help}`)}
    </Button>
  );
}

interface HelpProps {
  help: CauseHelp;
  cause: Cause;
  target: ObjectTarget;
  actions: readonly ObjectAction[];
  first: boolean;
}

/** Helps that only show something. */
function runOf(help: CauseHelp, about: ObjectTarget, container: string | undefined): (() => void) | undefined {
  const { context } = about;
  const logs = { kind: "logs", target: about, ...(container === undefined ? {} : { container }) } as const;
  switch (help) {
    case "logs":
      return () => openDockTab(logs, about.name);
    case "previousLogs":
      return () => openDockTab({ ...logs, previous: true }, about.name);
    case "events":
      return () => go(placeOf(context, about, "events"));
    case "storageClasses":
      return () => go({ place: "browse", context, resource: "storageclasses.storage.k8s.io", namespaces: [] });
    case "nodes":
      return () => go({ place: "browse", context, resource: "nodes", namespaces: [] });
    default:
      return undefined;
  }
}

/** Helps that are actions of the object, when the user may do them now. */
function actionOf(actions: readonly ObjectAction[], help: CauseHelp): (() => void) | undefined {
  const ids = help === "resume" ? ["object:resume", "object:rollout-resume"] : [`object:${help}`];
  return actions.find((action) => ids.includes(action.id) && action.unavailable === undefined)?.run;
}
