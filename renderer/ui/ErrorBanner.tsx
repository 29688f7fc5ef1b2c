import type { ReactNode } from "react";
import type { AppError } from "../../common/contract/index.ts";
import { Banner } from "./Banner.tsx";
import { Button } from "./Button.tsx";
import { ErrorDetail, hasDetail } from "./ErrorDetail.tsx";
import { Foreign } from "./Foreign.tsx";
import { useFix } from "./fix-context.ts";
import { useErrorWords } from "./use-error-words.ts";

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
  const words = useErrorWords()(error);
  const foreign = error.said?.id === "others.words";
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
    <Banner
      tone={tone}
      title={foreign ? <Foreign>{words.title}</Foreign> : words.title}
      live
      {...(buttons ? { actions: buttons } : {})}
      {...(tag ? { tag } : {})}
    >
      {hasDetail(error) ? <ErrorDetail error={error} /> : null}
    </Banner>
  );
}
