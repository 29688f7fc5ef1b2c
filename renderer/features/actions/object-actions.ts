import { createElement, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectTarget } from "../../../common/contract/index.ts";
import { findContext, useCluster } from "../../state/cluster.ts";
import { useObject } from "../../state/object.ts";
import type { ObjectAction } from "../../state/object-actions.ts";
import { useCall } from "../../state/use-call.ts";
import { useStable } from "../../state/use-stable.ts";
import { iconOf } from "./icons.ts";
import { runAction } from "./run.ts";
import { type ActionSpec, questionsOf, refusedNeed, specsFor } from "./specs.ts";
import { fitsState, reasonOf } from "./state.ts";

/**
 * What can be done to all of `targets` (one or more objects of the same kind). For one, its state is looked at as well.
 */
export function useObjectActions(targets: readonly ObjectTarget[]): ObjectAction[] {
  const { t } = useTranslation();
  const stable = useStable(targets);
  const [first] = stable;
  const only = stable.length === 1 ? first : undefined;
  const { object, deleted } = useObject(only);
  const readOnly = useCluster((state) => findContext(state.list, first?.context)?.options.readOnly ?? false);
  const specs = useSpecs(first);
  const questions = useMemo(() => questionsOf(specs, stable), [specs, stable]);
  const { value } = useCall(
    "access.check",
    first && questions.length > 0 ? { context: first.context, questions } : undefined,
  );
  const answers = value?.answers;

  return useMemo((): ObjectAction[] => {
    const reason = (spec: ActionSpec): string | undefined => {
      if (deleted) return t("actions.why.deleted");
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
        const { id, keys, primary, danger } = spec;
        const unavailable = reason(spec);
        return {
          // A paused rollout is resumed; a suspended Job, too, but by another action.
          id: `object:${id === "unpause" ? "rollout-resume" : id}`,
          title: t(`actions.title.${id}`),
          icon: createElement(iconOf(id), { size: 14, "aria-hidden": true }),
          ...(keys === undefined ? {} : { keys }),
          ...(primary ? { primary } : {}),
          ...(danger ? { danger } : {}),
          ...(unavailable === undefined ? {} : { unavailable }),
          run: () => runAction(id, stable, object),
        };
      });
  }, [t, specs, questions, answers, object, deleted, only, readOnly, stable]);
}

/** A custom resource may serve a scale subresource: only discovery knows. */
function useSpecs(target: ObjectTarget | undefined): ActionSpec[] {
  const custom = target?.group.includes(".") && !target.group.endsWith(".k8s.io");
  const { context, group = "", version = "", plural = "", kind = "" } = target ?? {};
  const { value } = useCall(
    "actions.subresources",
    custom && context !== undefined ? { context, group, version, plural } : undefined,
  );
  const subresources = value?.subresources;
  return useMemo(
    () => (plural === "" ? [] : specsFor({ group, plural, kind }, subresources)),
    [group, plural, kind, subresources],
  );
}
