import type { AppError } from "../../../../common/contract/index.ts";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";

/** Why a file can't be read. Its detail names each place on a line of its own. */
export function ReadProblem({ error }: { error: AppError }) {
  return (
    <div className="kfdef-problem">
      <ErrorBanner error={error} />
    </div>
  );
}
