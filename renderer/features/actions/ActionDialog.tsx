import { type FormEvent, type ReactNode, type RefObject, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, ContextId, ObjectTarget } from "../../../common/contract/index.ts";
import { useLanguage } from "../../i18n/use-language.ts";
import { findContext, useCluster } from "../../state/cluster.ts";
import { singularKind } from "../../state/kind-name.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyLines } from "../../ui/CopyLines.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { closeActionDialog } from "./dialogs.ts";
import type { Looked } from "./use-facts.ts";

export interface ActionDialogProps {
  title: string;
  children: ReactNode;
  /** The same for a shell. */
  lines?: readonly string[];
  confirm?: string;
  onConfirm?: () => void;
  danger?: boolean;
  /** It can't be confirmed as it is. */
  blocked?: boolean;
  busy?: boolean;
  error?: AppError | undefined;
  size?: "sm" | "md" | "lg";
  /** Other buttons, between the two. */
  more?: ReactNode;
}

/** The frame of everything that asks before it acts: what will happen, the same in a shell, and the button that does it. */
export function ActionDialog(props: ActionDialogProps) {
  const { title, children, lines = [], confirm, onConfirm, danger, blocked, busy, error, size = "md", more } = props;
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  useFirstFocus(form, danger ?? false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!blocked && !busy) onConfirm?.();
  };
  return (
    <Dialog
      title={title}
      size={size}
      onClose={closeActionDialog}
      footer={
        <>
          {confirm ? (
            <Button
              type="submit"
              form="action-form"
              id={confirmId}
              variant={danger ? "danger" : "primary"}
              isDisabled={blocked || busy || false}
            >
              {busy ? t("actions.busy") : confirm}
            </Button>
          ) : null}
          {more}
          <Button onPress={closeActionDialog}>{confirm ? t("common.cancel") : t("actions.close")}</Button>
        </>
      }
    >
      <form ref={form} id="action-form" className="action-form" onSubmit={submit}>
        {error ? <ErrorBanner error={error} /> : null}
        {children}
        {lines.length > 0 ? <KubectlLines lines={lines} /> : null}
      </form>
    </Dialog>
  );
}

const confirmId = "action-confirm";

/**
 * The focus begins in the first field, else on the button that goes ahead; not on one that destroys: Enter alone is too
 * little for that. Fields come only when it is known what they are about.
 */
function useFirstFocus(form: RefObject<HTMLFormElement | null>, danger: boolean): void {
  const moved = useRef(false);
  useEffect(() => {
    const dialog = form.current?.closest<HTMLElement>("[role=dialog]");
    // A button that can't be pressed any more loses the focus to nowhere, where Escape is not heard.
    const timer = setTimeout(() => document.activeElement === document.body && dialog?.focus(), 60);
    const stop = () => clearTimeout(timer);
    if (moved.current || !dialog) return stop;
    const field = form.current?.querySelector<HTMLInputElement>(
      "input:not([type=checkbox], [type=radio], [type=file], :disabled)",
    );
    const button = danger ? null : document.getElementById(confirmId);
    const first = field ?? (button?.hasAttribute("disabled") ? null : button);
    const untouched = document.activeElement === dialog || document.activeElement === document.body;
    if (!first || !untouched) return stop;
    moved.current = true;
    first.focus();
    return stop;
  });
}

function KubectlLines({ lines }: { lines: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <div className="action-lines">
      <h3>{t("actions.inShell")}</h3>
      <CopyLines lines={lines} label={t("actions.inShell")} wrap />
    </div>
  );
}

/** How kubectl knows a context. */
export function useContextName(context: ContextId | undefined): string {
  return useCluster((state) => findContext(state.list, context)?.name) ?? context ?? "";
}

/** "Deployment web", or "3 × Deployment". */
export function useAbout(targets: readonly ObjectTarget[]): string {
  const { t } = useTranslation();
  const language = useLanguage();
  const [first] = targets;
  if (!first) return "";
  return targets.length === 1
    ? `${first.kind} ${first.name}`
    : t("actions.count", { count: targets.length, kind: singularKind(t, language, first) });
}

/** Which objects are meant, each with what matters about it. Nothing for a single one without a note: the title names it. */
export function TargetList({
  looked,
  gone = 0,
  note,
}: {
  looked: readonly Looked[];
  gone?: number;
  note?: (one: Looked) => ReactNode;
}) {
  const { t } = useTranslation();
  const plain = looked.length < 2 && !looked.some((one) => note?.(one));
  return (
    <>
      {plain ? null : (
        <ScrollRegion className="action-targets" label={t("actions.targets")}>
          <ul>
            {looked.map((one) => (
              <li className="action-item" key={`${one.target.namespace}/${one.target.name}`}>
                <span className="mono">
                  {one.target.namespace ? <span className="faint">{one.target.namespace}/</span> : null}
                  {one.target.name}
                </span>
                {note ? <span className="muted">{note(one)}</span> : null}
              </li>
            ))}
          </ul>
        </ScrollRegion>
      )}
      {gone > 0 ? <p role="status">{t("actions.gone", { count: gone })}</p> : null}
    </>
  );
}
