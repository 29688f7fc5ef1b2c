import type { ReactNode } from "react";
import type { AppError } from "../../electron/contract/index.ts";
import { Banner } from "./Banner.tsx";
import { Button } from "./Button.tsx";
import { useFix } from "./fixContext.ts";

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
  const fix = useFix(error.fix);
  const buttons =
    fix || actions ? (
      <>
        {actions}
        {fix ? (
          <Button variant="primary" onPress={fix.run}>
            {fix.label}
          </Button>
        ) : null}
      </>
    ) : undefined;
  return (
    <Banner tone={tone} title={error.message} live {...(buttons ? { actions: buttons } : {})} {...(tag ? { tag } : {})}>
      {error.detail}
    </Banner>
  );
}
