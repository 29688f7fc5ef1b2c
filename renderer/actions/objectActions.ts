import { createElement, type ReactNode, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectTarget } from "../../electron/contract/index.ts";
import { shownKey } from "../app/keyNames.ts";
import { onMac } from "../app/shortcut.ts";
import { findContext, useCluster } from "../store/cluster.ts";
import { useObject } from "../store/object.ts";
import { useCall } from "../store/useCall.ts";
import { type ChosenAction, offerActions } from "./chosen.ts";
import { iconOf } from "./icons.ts";
import { runAction } from "./run.ts";
import { type ActionSpec, questionsOf, refusedNeed, specsFor } from "./specs.ts";
import { fitsState, reasonOf } from "./state.ts";

/** Something that can be done to one object or to several of one kind: in the pane, the menu of a row, the palette, by key. */
export interface ObjectAction {
  /** With a colon, such as `object:restart`: ids are no words. */
  id: string;
  title: string;
  icon?: ReactNode;
  /** As it is shown, such as `R` or `Ctrl D`. A single letter acts while the grid or the pane has the focus. */
  keys?: string;
  /** Among the first buttons of the pane; the others are in its menu. */
  primary?: boolean;
  danger?: boolean;
  /** Why it can't be done now; it is shown disabled with this. */
  unavailable?: string;
  run: () => void;
}

/**
 * What can be done to all of `targets` (one or more objects of the same kind). For one, its state is looked at as well.
 * What was asked for last is in the palette, too, and its keys work.
 */
export function useObjectActions(targets: readonly ObjectTarget[]): ObjectAction[] {
  const { t } = useTranslation();
  const key = JSON.stringify(targets);
  // Callers make the list anew with each drawing.
  const stable = useMemo((): readonly ObjectTarget[] => JSON.parse(key), [key]);
  const [first] = stable;
  const only = stable.length === 1 ? first : undefined;
  const { object } = useObject(only);
  const readOnly = useCluster((state) => findContext(state.list, first?.context)?.options.readOnly ?? false);
  const specs = useSpecs(first);
  const questions = useMemo(() => questionsOf(specs, stable), [specs, stable]);
  const { value } = useCall(
    "access.check",
    first && questions.length > 0 ? { context: first.context, questions } : undefined,
  );
  const answers = value?.answers;

  const chosen = useMemo((): ChosenAction[] => {
    const reason = (spec: ActionSpec): string | undefined => {
      if (readOnly && spec.writes) return t("actions.why.readOnly");
      if (!only && !spec.many) return t("actions.why.onlyOne");
      const need = answers && refusedNeed(spec, questions, answers);
      if (need) {
        const resource = [need.resource, need.subresource].filter(Boolean).join("/");
        return t("actions.why.forbidden", { verb: need.verb, resource });
      }
      const state = object && reasonOf(spec, object);
      return state && t(`actions.why.${state}`);
    };
    return specs
      .filter(({ id }) => (object ? fitsState(id, object) : id !== "finalizers"))
      .map((spec) => {
        const unavailable = reason(spec);
        return {
          ...spec,
          command: `object:${spec.id === "unpause" ? "rollout-resume" : spec.id}`,
          title: t(`actions.title.${spec.id}`),
          ...(unavailable === undefined ? {} : { unavailable }),
          run: () => runAction(spec.id, stable, object),
        };
      });
  }, [t, specs, questions, answers, object, only, readOnly, stable]);

  useEffect(() => offerActions(stable, chosen), [stable, chosen]);

  return chosen.map(({ command, title, keys, primary, danger, unavailable, id, run }) => ({
    id: command,
    title,
    icon: createElement(iconOf(id), { size: 14, "aria-hidden": true }),
    ...(keys === undefined ? {} : { keys: shownKey(keys, onMac()) }),
    ...(primary ? { primary } : {}),
    ...(danger ? { danger } : {}),
    ...(unavailable === undefined ? {} : { unavailable }),
    run,
  }));
}

/** A custom resource may serve a scale subresource: only discovery knows. */
function useSpecs(target: ObjectTarget | undefined): ActionSpec[] {
  const custom = target?.group.includes(".") && !target.group.endsWith(".k8s.io");
  const { context = "", group = "", version = "", plural = "", kind = "" } = target ?? {};
  const { value } = useCall("actions.subresources", custom ? { context, group, version, plural } : undefined);
  const subresources = value?.subresources;
  return useMemo(
    () => (plural === "" ? [] : specsFor({ group, plural, kind }, subresources)),
    [group, plural, kind, subresources],
  );
}
