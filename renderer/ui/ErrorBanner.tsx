import type { ReactNode } from "react";
import type { AppError } from "../../electron/contract/index.ts";
import { Banner } from "./Banner.tsx";

/** An error of the backend as people read it: the cause, what to do, and a button where there is one. */
export function ErrorBanner({
  error,
  actions,
  tone = "bad",
  tag,
}: {
  error: AppError;
  actions?: ReactNode;
  tone?: "bad" | "warn";
  tag?: ReactNode;
}) {
  return (
    <Banner tone={tone} title={error.message} live {...(actions ? { actions } : {})} {...(tag ? { tag } : {})}>
      {error.detail}
    </Banner>
  );
}
