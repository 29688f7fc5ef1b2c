import { useState } from "react";
import { useTranslation } from "react-i18next";
import type {
  AppError,
  CloudCluster,
  CloudPlatform,
  CloudView,
  PlatformsView,
  PlatformTool,
} from "../../../../common/contract/index.ts";
import { textOf } from "../../../../common/words/index.ts";
import { useLanguage } from "../../../i18n/use-language.ts";
import { Button } from "../../../ui/Button.tsx";
import { CopyLines } from "../../../ui/CopyLines.tsx";
import { ErrorBanner } from "../../../ui/ErrorBanner.tsx";
import { Plus } from "../../../ui/icons.ts";
import { Select } from "../../../ui/Select.tsx";
import { signIn } from "./actions.ts";
import { ClusterList, keyOf } from "./ClusterList.tsx";
import { CreateDialog } from "./CreateDialog.tsx";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { NodePools } from "./NodePools.tsx";
import { Regions } from "./Regions.tsx";
import { askAgain, chooseAccount, usePlatform } from "./state.ts";
import { UseCluster } from "./UseCluster.tsx";

const creators = { eks: "eksctl", gke: "gcloud", aks: "az" } as const;

/** Who one is in a cloud, its regions as they answer, its clusters with their node pools, and the commands that add one. */
export function CloudPanel({ platform, view }: { platform: CloudPlatform; view: PlatformsView | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [selected, setSelected] = useState<string>();
  const [creating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<CloudCluster>();
  const cloud = view?.cloud;
  const tool = (name: PlatformTool["name"]) => view?.tools?.find((one) => one.name === name);
  const creator = tool(creators[platform]);
  const account = accountOf(cloud);
  const cluster = cloud?.clusters.find((one) => keyOf(one) === selected) ?? cloud?.clusters[0];
  return (
    <section className="platform-panel" aria-label={t(`platforms.card.${platform}`)}>
      <Identity platform={platform} view={view} />
      {cloud?.problem ? (
        <div className="platform-part">
          <ErrorBanner
            error={cloud.problem}
            actions={<Button onPress={() => askAgain(platform)}>{t("platforms.again")}</Button>}
          />
          {cloud.signIn ? <SignIn cloud={cloud} line={cloud.signIn} /> : null}
        </div>
      ) : null}
      {cloud && cloud.regions.length > 0 ? <Regions regions={cloud.regions} /> : null}
      {cloud?.identity && !cloud.problem ? (
        <div className="platform-two">
          <div className="platform-part">
            <ClusterList cloud={cloud} selected={cluster} onSelect={setSelected} onDelete={setDeleting} />
            {creator?.file ? (
              <Button variant="ghost" size="sm" icon={<Plus aria-hidden />} onPress={() => setCreating(true)}>
                {t("platforms.clusters.create")}
              </Button>
            ) : creator ? (
              <p className="hint">{textOf(creator.install, language)}</p>
            ) : null}
          </div>
          {cluster ? <NodePools cluster={cluster} /> : null}
        </div>
      ) : null}
      {cluster && cloud?.identity ? <UseCluster key={keyOf(cluster)} cluster={cluster} account={account} /> : null}
      {creating ? (
        <CreateDialog
          platform={platform}
          region={platform === "aks" ? (cluster?.location ?? "") : (cluster?.region ?? "")}
          account={account}
          onClose={() => setCreating(false)}
        />
      ) : null}
      {deleting ? (
        <DeleteDialog
          request={{
            action: "delete",
            platform,
            name: deleting.name,
            region: deleting.region,
            ...(account === undefined ? {} : { account }),
          }}
          onClose={() => setDeleting(undefined)}
        />
      ) : null}
    </section>
  );
}

/** The one command that signs in, and the button that runs it in a terminal. */
function SignIn({ cloud, line }: { cloud: CloudView; line: string }) {
  const { t } = useTranslation();
  const [error, setError] = useState<AppError>();
  const account = usePlatform(({ accounts }) => accounts[cloud.platform]);
  const title = t("platforms.job.sign-in", { name: line.split(" ")[0] ?? "" });
  return (
    <>
      <CopyLines lines={[line]} label={t("platforms.willRun")} />
      {error ? <ErrorBanner error={error} /> : null}
      <div className="confirm-actions">
        <Button variant="primary" onPress={() => void signIn(cloud, account, title).then(setError)}>
          {t("platforms.signIn")}
        </Button>
      </div>
    </>
  );
}

/** What names the account to the tool; AWS' default profile is named by nothing. */
function accountOf(cloud: PlatformsView["cloud"]): string | undefined {
  if (cloud?.platform !== "eks") return cloud?.identity?.account;
  const profile = cloud.identity?.profile;
  return profile === "default" ? undefined : profile;
}

function Identity({ platform, view }: { platform: CloudPlatform; view: PlatformsView | undefined }) {
  const { t } = useTranslation();
  const cloud = view?.cloud;
  const identity = cloud?.identity;
  if (cloud?.problem && !identity) return null;
  const { account = "", accountName = "", profile = "" } = identity ?? {};
  return (
    <div className="platform-part platform-identity">
      {identity ? (
        <div className="grow">
          <b className="mono">{identity.who}</b>
          <p className="faint">
            {platform === "eks"
              ? t("platforms.identity.profile", { account, profile })
              : platform === "gke"
                ? t("platforms.identity.account", { account })
                : t("platforms.identity.subscription", { name: accountName, account })}
          </p>
        </div>
      ) : (
        <p className="grow" role="status">
          {t("platforms.found.asking")}
        </p>
      )}
      {cloud && cloud.accounts.length > 1 ? (
        <Select
          compact
          label={t("platforms.identity.switch")}
          value={cloud.accounts.find(({ current }) => current)?.id ?? ""}
          options={cloud.accounts.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => chooseAccount(platform, id)}
        />
      ) : null}
      {identity ? (
        <Button size="sm" variant="ghost" onPress={() => askAgain(platform)}>
          {t("platforms.again")}
        </Button>
      ) : null}
    </div>
  );
}
