import { useTranslation } from "react-i18next";
import type { ObjectJson, ObjectTarget } from "../../../common/contract/index.ts";
import {
  type Container,
  type ContainerState,
  containerHealth,
  containersOf,
  isKind,
  signOf,
} from "../../../common/kube/index.ts";
import { get, list, number, scalar, text, textMap } from "../../state/read.ts";
import { Age } from "../../ui/Age.tsx";
import { Disclosure } from "../../ui/Disclosure.tsx";
import { CopyChip } from "./Labels.tsx";

/** Containers of a pod with how they are, or those of a workload's template. */
export function Containers({ object }: { target: ObjectTarget; object: ObjectJson }) {
  const { t } = useTranslation();
  const containers = containersIn(object);
  const restarts = restartsAlways(object);
  if (containers.length === 0) return null;
  return (
    <section aria-label={t("object.containers")}>
      <h3 className="section-title">{t("object.containers")}</h3>
      <ul className="object-rows object-containers">
        {containers.map((container) => (
          <li key={`${container.role}/${container.name}`}>
            <ContainerLine container={container} isPod={isKind(object, "/Pod")} restarts={restarts} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function containersIn(object: ObjectJson): Container[] {
  const path = ["spec.template.spec", "spec.jobTemplate.spec.template.spec", "spec"].find(
    (candidate) => list(object, `${candidate}.containers`).length > 0,
  );
  return path === undefined ? [] : containersOf(get(object, path), get(object, "status"));
}

const signs = { ok: "✓", warn: "△", bad: "!", done: "✓" };

/** How a container is: a sign, a word, and since when. */
function stateOf(
  container: Container,
  restarts: boolean,
): { sign: string; health: string; key: ContainerState; since: string | undefined; why: string | undefined } {
  const { level, state, printed } = containerHealth(container, restarts);
  const health = signOf(level);
  const since = text(container.running, "startedAt") ?? text(container.terminated, "finishedAt");
  const why = state === "ended" && printed !== undefined ? endOf(container.terminated) : printed;
  return { sign: signs[health], health, key: state, since, why };
}

/** "OOMKilled, exit code 137". */
function endOf(ended: unknown): string {
  const code = number(ended, "exitCode");
  const reason = text(ended, "reason");
  return [reason === "Error" ? undefined : reason, code === undefined ? undefined : `exit ${code}`]
    .filter(Boolean)
    .join(", ");
}

/** Whether what ends well is started again. */
function restartsAlways(object: ObjectJson): boolean {
  const phase = text(object, "status.phase");
  return phase !== "Succeeded" && phase !== "Failed" && (text(object, "spec.restartPolicy") ?? "Always") === "Always";
}

function ContainerLine({
  container,
  isPod,
  restarts: isAgain,
}: {
  container: Container;
  isPod: boolean;
  restarts: boolean;
}) {
  const { t } = useTranslation();
  const { name, role, spec, restarts, last } = container;
  const state = stateOf(container, isAgain);
  const title = (
    <>
      {isPod ? (
        <span className={`row-sign health-${state.health}`} aria-hidden>
          {state.sign}
        </span>
      ) : null}
      <span className="row-name">{name}</span>
      {role === "main" ? null : <span className="faint"> {t(`object.role.${role}`)}</span>}
    </>
  );
  const aside = isPod ? (
    <>
      {state.why ?? t(`object.state.${state.key}`)} <Age since={state.since} />
    </>
  ) : undefined;
  return (
    <Disclosure title={title} {...(aside === undefined ? {} : { aside })}>
      <dl className="object-facts">
        <dt>{t("object.fact.image")}</dt>
        <dd>
          <CopyChip words={text(spec, "image") ?? ""} />
        </dd>
        {restarts > 0 ? (
          <>
            <dt>{t("object.fact.restarts")}</dt>
            <dd>
              {restarts}
              {last === undefined ? null : (
                <span className="muted">
                  {" "}
                  {t("object.lastEnd", { how: endOf(last) })} <Age since={text(last, "finishedAt")} />
                </span>
              )}
            </dd>
          </>
        ) : null}
        <Line name={t("object.fact.ports")} value={portsOf(spec)} />
        <Line name={t("object.fact.command")} value={wordsOf(spec, "command")} />
        <Line name={t("object.fact.args")} value={wordsOf(spec, "args")} />
        <Line name={t("object.fact.requests")} value={resourcesOf(spec, "requests")} />
        <Line name={t("object.fact.limits")} value={resourcesOf(spec, "limits")} />
        <Line
          name={t("object.fact.probes")}
          value={["liveness", "readiness", "startup"]
            .filter((probe) => get(spec, `${probe}Probe`) !== undefined)
            .join(", ")}
        />
        <Line name={t("object.fact.environment")} value={environmentOf(spec)} />
        <Line
          name={t("object.fact.mounts")}
          value={list(spec, "volumeMounts")
            .map((mount) => `${text(mount, "mountPath")} ← ${text(mount, "name")}`)
            .join("\n")}
        />
      </dl>
    </Disclosure>
  );
}

function Line({ name, value }: { name: string; value: string }) {
  if (value === "") return null;
  return (
    <>
      <dt>{name}</dt>
      <dd className="object-lines">{value}</dd>
    </>
  );
}

export function portsOf(spec: unknown): string {
  return list(spec, "ports")
    .map((port) => {
      const named = text(port, "name");
      return `${scalar(get(port, "containerPort"))}/${text(port, "protocol") ?? "TCP"}${named ? ` ${named}` : ""}`;
    })
    .join(", ");
}

function wordsOf(spec: unknown, field: string): string {
  return list(spec, field)
    .map((word) => String(word))
    .join(" ");
}

export function resourcesOf(spec: unknown, which: "requests" | "limits"): string {
  return textMap(spec, `resources.${which}`)
    .map(([name, value]) => `${value} ${name === "cpu" ? "CPU" : name}`)
    .join(" · ");
}

/** Names and where the values come from; plain values are shown, those of Secrets are not there. */
function environmentOf(spec: unknown): string {
  const own = list(spec, "env").map((variable) => {
    const name = text(variable, "name") ?? "";
    const from = get(variable, "valueFrom");
    if (from === undefined) return `${name}=${text(variable, "value") ?? ""}`;
    const secret = get(from, "secretKeyRef");
    const map = get(from, "configMapKeyRef");
    if (secret !== undefined) return `${name} ← Secret ${text(secret, "name")}: ${text(secret, "key")}`;
    if (map !== undefined) return `${name} ← ConfigMap ${text(map, "name")}: ${text(map, "key")}`;
    return `${name} ← ${text(from, "fieldRef.fieldPath") ?? text(from, "resourceFieldRef.resource") ?? "?"}`;
  });
  const whole = list(spec, "envFrom").map((source) => {
    const secret = text(source, "secretRef.name");
    return secret ? `* ← Secret ${secret}` : `* ← ConfigMap ${text(source, "configMapRef.name") ?? "?"}`;
  });
  return [...whole, ...own].join("\n");
}
