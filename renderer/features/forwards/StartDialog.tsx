import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppError, Forward, ForwardablePort, ObjectTarget } from "../../../common/contract/index.ts";
import { client, settle } from "../../state/client.ts";
import { closeForwardStart, useForwardStart } from "../../state/forward-start.ts";
import { startForward } from "../../state/forwards.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Field } from "../../ui/Field.tsx";
import { RadioCards } from "../../ui/RadioCards.tsx";
import { useErrorWords } from "../../ui/use-error-words.ts";
import { OpenLink } from "./OpenLink.tsx";
import { portProblem } from "./port.ts";

/** Asks which port, opens it, and shows where. Mounted once; {@link askForward} brings it up. */
export function StartDialog() {
  const target = useForwardStart((state) => state.target);
  return target ? <Content key={JSON.stringify(target)} target={target} /> : null;
}

const other = "other";

function Content({ target }: { target: ObjectTarget }) {
  const words = useErrorWords();
  const { t } = useTranslation();
  const [ports, setPorts] = useState<ForwardablePort[] | undefined>();
  const [chosen, setChosen] = useState(other);
  const [typed, setTyped] = useState("");
  const [local, setLocal] = useState("");
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | undefined>();
  const [forward, setForward] = useState<Forward | undefined>();

  useEffect(() => {
    const ended = new AbortController();
    settle(client().call("forwards.ports", target, { signal: ended.signal })).then((answer) => {
      if (ended.signal.aborted) return;
      if (!answer.ok) setError(answer.error);
      const found = answer.ok ? answer.value.ports : [];
      setPorts(found);
      const first = found[0];
      if (first) setChosen(String(first.port));
    }, setError);
    return () => ended.abort();
  }, [target]);

  const portText = chosen === other ? typed : chosen;
  const portWrong = portProblem(portText, true);
  const localWrong = portProblem(local, false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (portWrong || localWrong || busy) return;
    setBusy(true);
    const answer = await startForward(target, Number(portText), local === "" ? undefined : Number(local));
    setBusy(false);
    if (answer.ok) setForward(answer.value);
    setError(answer.ok ? undefined : answer.error);
  }

  const options = [
    ...(ports ?? []).map(({ port, name, container }) => ({
      value: String(port),
      title: String(port),
      note: [name, container].filter(Boolean).join(" · "),
    })),
    { value: other, title: t("forwards.otherPort") },
  ];
  const title = t("forwards.startTitle", { kind: target.kind, name: target.name });
  if (forward) {
    return (
      <Dialog
        title={title}
        onClose={closeForwardStart}
        footer={
          <>
            <OpenLink forward={forward} primary />
            <Button onPress={closeForwardStart}>{t("forwards.close")}</Button>
          </>
        }
      >
        <p role="status">{t("forwards.opened", { url: forward.url })}</p>
        {forward.state === "waiting" ? <p>{t("forwards.waitsForPod")}</p> : null}
        {forward.problem ? <p>{words(forward.problem).title}</p> : null}
        <p>{t("forwards.endsWithApp")}</p>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={title}
      onClose={closeForwardStart}
      footer={
        <>
          <Button variant="primary" type="submit" form="start-forward" isDisabled={busy || ports === undefined}>
            {busy ? t("forwards.starting") : t("forwards.start")}
          </Button>
          <Button onPress={closeForwardStart}>{t("common.cancel")}</Button>
        </>
      }
    >
      <form id="start-forward" className="forward-form" onSubmit={(event) => void submit(event)}>
        {error ? <ErrorBanner error={error} /> : null}
        {ports === undefined ? <p role="status">{t("forwards.lookingForPorts")}</p> : null}
        {ports && ports.length > 0 ? (
          <RadioCards label={t("forwards.port")} value={chosen} onChange={setChosen} options={options} />
        ) : null}
        {ports && chosen === other ? (
          <Field
            label={t("forwards.portNumber")}
            value={typed}
            onChange={setTyped}
            error={tried && portWrong ? t(`forwards.problem.${portWrong}`) : undefined}
            mono
          />
        ) : null}
        <Field
          label={t("forwards.localPort")}
          value={local}
          onChange={setLocal}
          placeholder={t("forwards.anyFree")}
          description={t("forwards.localPortHint")}
          error={tried && localWrong ? t(`forwards.problem.${localWrong}`) : undefined}
          mono
        />
      </form>
    </Dialog>
  );
}
