import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, CallOutput, KindSchema, ObjectTarget } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { useObject } from "../../state/object.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Check, Copy, FilePen, Info } from "../../ui/icons.ts";
import { useCopy } from "../../ui/use-copy.ts";
import { YamlView } from "../../ui/yaml/YamlView.tsx";
import { Loading } from "./Loading.tsx";
import { beginEdit, sessionKey, useSessions } from "./sessions.ts";

/** A busy object is read again at most that often. */
const quietMs = 1000;

type Text = CallOutput<"yaml.get">;

export interface StageProps {
  target: ObjectTarget;
  schema: KindSchema | undefined;
  onExplain: (path: string[]) => void;
}

/** The text as it is stored, kept so. */
export function ReadStage({ target, schema, onExplain }: StageProps) {
  const { t } = useTranslation();
  const { text, error } = useText(target);
  const wanted = useSessions((state) => state.wanted === sessionKey(target));
  const saved = useSessions((state) => state.saved === sessionKey(target));
  const { copied, copy } = useCopy();
  const note = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    if (wanted && text) beginEdit(target, text);
  }, [wanted, text, target]);
  const there = text !== undefined;
  useEffect(() => {
    // The review that had the focus is gone.
    if (saved && there) note.current?.focus();
  }, [saved, there]);

  const shown = useMemo(() => (text === undefined ? undefined : withManagedFields(text)), [text]);
  if (text === undefined || shown === undefined) return error ? <ErrorBanner error={error} /> : <Loading />;
  return (
    <>
      <div className="yaml-bar">
        <Button size="sm" icon={<FilePen aria-hidden />} onPress={() => beginEdit(target, text)}>
          {t("yaml.edit")}
        </Button>
        <Button size="sm" icon={<Info aria-hidden />} onPress={() => onExplain([])}>
          {t("yaml.explain")}
        </Button>
        <Button
          size="sm"
          variant="ghost"
          icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          onPress={() => copy(text.yaml)}
        >
          {t(copied ? "yaml.copied" : "yaml.copy")}
        </Button>
        <span ref={note} tabIndex={-1} className="yaml-note" role="status">
          {saved ? t("yaml.saved") : text.masked ? t("yaml.masked") : ""}
        </span>
      </div>
      {error ? <ErrorBanner error={error} tone="warn" /> : null}
      <YamlView label={t("yaml.textOf", { name: target.name })} value={shown} schema={schema} onExplain={onExplain} />
    </>
  );
}

/** The object's text, read again after each change of the object. */
function useText(target: ObjectTarget): { text: Text | undefined; error: AppError | undefined } {
  const { object } = useObject(target);
  const version = resourceVersion(object?.metadata);
  const [state, setState] = useState<{ text: Text | undefined; error: AppError | undefined }>({
    text: undefined,
    error: undefined,
  });
  const readAt = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version is another text
  useEffect(() => {
    const ended = new AbortController();
    const read = async () => {
      readAt.current = Date.now();
      const answer = await settle(client().call("yaml.get", target, { signal: ended.signal }));
      if (ended.signal.aborted) return;
      setState((last) =>
        answer.ok ? { text: answer.value, error: undefined } : { text: last.text, error: answer.error },
      );
    };
    const wait = Math.max(0, readAt.current + quietMs - Date.now());
    const timer = setTimeout(() => void read(), wait);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [target, version]);
  return state;
}

function resourceVersion(metadata: unknown): unknown {
  return typeof metadata === "object" && metadata !== null && "resourceVersion" in metadata
    ? metadata.resourceVersion
    : undefined;
}

/** Where they belong; the view folds them. */
function withManagedFields({ yaml, managedFields }: Text): string {
  if (managedFields === undefined) return yaml;
  const lines = yaml.split("\n");
  lines.splice(managedFields.line - 1, 0, managedFields.yaml.trimEnd());
  return lines.join("\n");
}
