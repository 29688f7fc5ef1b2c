import { useTranslation } from "react-i18next";
import type { PodView } from "../../../../common/contract/index.ts";
import { Card } from "../../../ui/Card.tsx";
import { countPods, type NamespacePods, podStates, podsByNamespace, podsUp } from "./pods.ts";
import { useInstallWords } from "./use-install-words.ts";

export interface PodSquaresProps {
  pods: readonly PodView[];
  /** Pods that are expected; 0 where they are being removed. */
  total: number;
}

/** Pods as small squares that fill in, by namespace; hovering one tells its name and what it waits for. */
export function PodSquares({ pods, total }: PodSquaresProps) {
  const { t } = useTranslation();
  const groups = podsByNamespace(pods);
  const counts = countPods(pods);
  return (
    <Card
      title={t("install.pods")}
      aside={
        pods.length > 0 ? <span className="faint">{`${podsUp(pods)}/${Math.max(total, pods.length)}`}</span> : null
      }
      className="pods"
    >
      {groups.length === 0 ? <p className="hint">{t(total === 0 ? "install.noPodsLeft" : "install.noPods")}</p> : null}
      <ul>
        {groups.map((group) => (
          <Namespace key={group.namespace} group={group} />
        ))}
      </ul>
      {groups.length > 0 ? (
        <p className="pods-legend" aria-hidden>
          {podStates
            .filter((state) => state === "running" || counts[state] > 0)
            .map((state) => (
              <span key={state}>
                <i className={`pod pod-${state}`} /> {t(`install.pod.${state}`)}
              </span>
            ))}
        </p>
      ) : null}
    </Card>
  );
}

function Namespace({ group }: { group: NamespacePods }) {
  const { t } = useTranslation();
  const { pod: podWords } = useInstallWords();
  const words = podStates
    .filter((state) => group.counts[state] > 0)
    .map((state) => `${group.counts[state]} ${t(`install.pod.${state}`)}`);
  return (
    <li className="pods-namespace">
      <span className="pods-name">{group.namespace}</span>
      <span className="sr-only">: {words.join(", ")}</span>
      <span className="pods-squares" aria-hidden>
        {group.pods.map((pod) => (
          <i
            key={pod.name}
            className={`pod pod-${pod.state}`}
            title={[pod.name, t(`install.pod.${pod.state}`), podWords(pod)].filter(Boolean).join(" · ")}
          />
        ))}
      </span>
    </li>
  );
}
