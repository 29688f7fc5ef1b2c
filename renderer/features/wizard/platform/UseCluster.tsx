import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, CloudCluster, PlatformAction } from "../../../../common/contract/index.ts";
import { useCall } from "../../../state/use-call.ts";
import { Button } from "../../../ui/Button.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { Play } from "../../../ui/icons.ts";
import { runAction } from "./actions.ts";
import { Prepared } from "./Prepared.tsx";

/** The commands that add a cluster's context, and the button that runs exactly these. */
export function UseCluster({ cluster, account }: { cluster: CloudCluster; account: string | undefined }) {
  const { t } = useTranslation();
  const { platform, name, region } = cluster;
  const [error, setError] = useState<AppError>();
  const request: PlatformAction = {
    action: "use",
    platform,
    name,
    region,
    ...(account === undefined ? {} : { account }),
  };
  const prepared = useCall("platforms.prepare", request);
  const title = t("platforms.job.use", { name });
  return (
    <div className="platform-part">
      <div className="choice-head">
        <h2 className="platform-label">{t("platforms.willRun")}</h2>
      </div>
      {prepared.error ? <ErrorBanner error={prepared.error} /> : null}
      {error ? <ErrorBanner error={error} /> : null}
      {prepared.value ? <Prepared prepared={prepared.value} /> : null}
      <div className="confirm-actions">
        <Button
          variant="primary"
          icon={<Play aria-hidden />}
          isDisabled={prepared.value === undefined}
          onPress={() => void runAction(request, prepared.value?.digest ?? "", { title }).then(setError)}
        >
          {t("platforms.run")}
        </Button>
      </div>
    </div>
  );
}
