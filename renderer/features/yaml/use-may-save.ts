import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectTarget } from "../../../common/contract/index.ts";
import { visibleBidi } from "../../../common/text/index.ts";
import { type Message, textOf } from "../../../common/words/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { client, settle } from "../../state/client.ts";
import { findContext, useCluster } from "../../state/cluster.ts";

/** Why this user can't store the object, or undefined. Checking what would happen is possible all the same. */
export function useMaySave(target: ObjectTarget, how: "update" | "apply"): string | undefined {
  const { t } = useTranslation();
  const language = useLanguage();
  const readOnly = useCluster((state) => findContext(state.list, target.context)?.options.readOnly ?? false);
  const { context, group, plural, namespace } = target;
  const verb = how === "update" ? "update" : "patch";
  const [refused, setRefused] = useState<{ reason: Message | undefined } | undefined>();
  useEffect(() => {
    const ended = new AbortController();
    const question = { verb, group, resource: plural, ...(namespace === undefined ? {} : { namespace }) };
    const asked = client().call("access.check", { context, questions: [question] }, { signal: ended.signal });
    settle(asked).then(
      (answer) => {
        if (ended.signal.aborted) return;
        // Where nobody can tell, the API server will.
        const [first] = answer.ok ? answer.value.answers : [];
        setRefused(first?.allowed === false ? { reason: first.reason } : undefined);
      },
      () => undefined, // settle has made it a value
    );
    return () => ended.abort();
  }, [context, verb, group, plural, namespace]);
  if (readOnly) return t("yaml.readOnly");
  if (refused === undefined) return undefined;
  const why = refused.reason && visibleBidi(textOf(refused.reason, language));
  return [t("yaml.mayNot", { verb, resource: plural }), why].filter(Boolean).join(" ");
}
