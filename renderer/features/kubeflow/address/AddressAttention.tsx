import { useTranslation } from "react-i18next";
import type { AccessView } from "../../../../common/contract/index.ts";
import { CertificateProblems } from "../../../state/connected/CertificateFields.tsx";
import { Card } from "../../../ui/Card.tsx";

/** What is wrong with the way in, or will be, each with what to do. */
export function AddressAttention({ access }: { access: AccessView | undefined }) {
  const { t } = useTranslation();
  if (access === undefined || access.attention.length === 0) return null;
  return (
    <Card title={`${t("kubeflow.attention")}: ${t("kubeflow.address")}`}>
      <CertificateProblems problems={access.attention} />
    </Card>
  );
}
