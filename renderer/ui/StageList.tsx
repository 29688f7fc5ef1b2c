import { Check, LoaderCircle } from "./icons.ts";

export interface Stage {
  id: string;
  title: string;
  /** What it is about. */
  about: string;
}

/** Stages of work that is under way: those before `current` are done; `message` says what the current one does now, below what it is about. */
export function StageList({ stages, current, message }: { stages: Stage[]; current: number; message?: string }) {
  return (
    <ol>
      {stages.map(({ id, title, about }, index) => {
        const state = index < current ? "done" : index === current ? "current" : "todo";
        return (
          <li
            key={id}
            className={`start-step start-${state}`}
            {...(state === "current" ? { "aria-current": "step" as const } : {})}
          >
            <span className="start-sign" aria-hidden>
              {state === "done" ? (
                <Check size={13} strokeWidth={2.5} />
              ) : state === "current" ? (
                <LoaderCircle size={14} className="spin" />
              ) : null}
            </span>
            <span>
              <b>{title}</b>
              <small>{about}</small>
              {state === "current" && message ? <small className="start-now">{message}</small> : null}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
