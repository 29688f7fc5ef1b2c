import { useTranslation } from "react-i18next";
import type { AccessView } from "../../../../common/contract/index.ts";
import { CertificateProblems } from "../../../state/connected/CertificateFields.tsx";
import { Card } from "../../../ui/Card.tsx";
import { useExpiring } from "./use-expiries.ts";

/** What is wrong with the way in, or will be, each with what to do. */
export function AddressAttention({ access, kfDir }: { access: AccessView | undefined; kfDir: string | undefined }) {
  const { t } = useTranslation();
  const expiring = useExpiring().find((one) => one.kfDir === kfDir)?.attention;
  const seen = access?.attention ?? [];
  // The certificate that is served says it, too.
  const isSaid = expiring !== undefined && seen.some(({ said }) => said.id === expiring.said.id);
  const problems = expiring && !isSaid ? [expiring, ...seen] : seen;
  if (problems.length === 0) return null;
  return (
    <Card title={`${t("kubeflow.attention")}: ${t("kubeflow.address")}`}>
      <CertificateProblems problems={problems} />
    </Card>
  );
}
