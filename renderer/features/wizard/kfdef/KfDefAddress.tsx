import { useTranslation } from "react-i18next";
import { CopyLines } from "../../../ui/CopyLines.tsx";
import { quoted } from "../../../ui/shell.ts";

/** The port of the Istio gateway's Service in the KfDefs of 1.0, on every node. */
const nodePort = 31380;

/** The gateway's address on the nodes, for those who reach these; and how a node's own address is found. */
export function KfDefAddress({ contextName }: { contextName: string | undefined }) {
  const { t } = useTranslation();
  const context = contextName === undefined ? "" : `--context ${quoted(contextName)} `;
  return (
    <div className="kfdef-address">
      <p>{t("kfdef.done.nodePort", { port: nodePort })}</p>
      <CopyLines lines={[`http://<node>:${nodePort}`]} label={t("kfdef.done.address")} />
      <CopyLines
        lines={[
          `kubectl ${context}get nodes -o wide`,
          `kubectl ${context}get service -n istio-system istio-ingressgateway`,
        ]}
        label={t("kfdef.done.findNode")}
        wrap
      />
    </div>
  );
}
