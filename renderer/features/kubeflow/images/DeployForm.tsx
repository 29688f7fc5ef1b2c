import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ContextId, type RegistryDeployment, registryDeployment } from "../../../../common/contract/index.ts";
import { Button } from "../../../ui/Button.tsx";
import { Disclosure } from "../../../ui/Disclosure.tsx";
import { Field } from "../../../ui/Field.tsx";
import { Select } from "../../../ui/Select.tsx";
import { DeployReview } from "./DeployReview.tsx";

const usual = registryDeployment.parse({});
type TlsKind = RegistryDeployment["tls"]["kind"];

/** What a registry in the cluster is made of; then its plan. */
export function DeployForm(props: { context: ContextId; isFirst: boolean; onDone: () => void }) {
  const { context, isFirst, onDone } = props;
  const { t } = useTranslation();
  const [host, setHost] = useState("");
  const [size, setSize] = useState(usual.size);
  const [tls, setTls] = useState<TlsKind>("own");
  const [issuer, setIssuer] = useState("");
  const [name, setName] = useState(usual.name);
  const [namespace, setNamespace] = useState(usual.namespace);
  const [nodePort, setNodePort] = useState(String(usual.nodePort));
  const [storageClass, setStorageClass] = useState("");
  const [image, setImage] = useState(usual.image);
  const [shown, setShown] = useState<RegistryDeployment | undefined>();
  const parsed = registryDeployment.safeParse({
    ...{ name, namespace, size, image, nodePort: Number(nodePort) },
    tls: tls === "issuer" ? { kind: tls, name: issuer } : { kind: tls },
    ...(host === "" ? {} : { host }),
    ...(storageClass === "" ? {} : { storageClass }),
  });
  const wrong = new Set(parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path[0])));
  const field = (key: string, value: string, set: (value: string) => void, more: object = {}) => ({
    ...{ value, onChange: (next: string) => set(next.trim()), autoComplete: "off", mono: true, ...more },
    error: wrong.has(key) && value !== "" ? t("registries.deploy.wrong") : undefined,
  });
  if (shown !== undefined)
    return <DeployReview context={context} settings={shown} onBack={() => setShown(undefined)} onDone={onDone} />;
  return (
    <form
      className="images-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (parsed.success) setShown(parsed.data);
      }}
    >
      <h3>{isFirst ? t("registries.deploy.title") : t("registries.deploy.another")}</h3>
      <Field
        label={t("registries.deploy.host")}
        description={t("registries.deploy.hostHint")}
        placeholder="registry.example.com"
        {...field("host", host, setHost)}
      />
      <Field label={t("registries.deploy.size")} {...field("size", size, setSize)} />
      <Select
        label={t("registries.deploy.tls")}
        value={tls}
        options={(["own", "issuer", "none"] as const).map((value) => ({
          value,
          label: t(`registries.deploy.tlsKind.${value}`),
        }))}
        onChange={setTls}
      />
      {tls === "issuer" ? <Field label={t("registries.deploy.issuer")} {...field("tls", issuer, setIssuer)} /> : null}
      <Disclosure title={t("registries.deploy.more")}>
        <Field label={t("registries.deploy.name")} {...field("name", name, setName)} />
        <Field label={t("registries.deploy.namespace")} {...field("namespace", namespace, setNamespace)} />
        <Field label={t("registries.deploy.nodePort")} {...field("nodePort", nodePort, setNodePort)} />
        <Field
          label={t("registries.deploy.storageClass")}
          description={t("registries.deploy.classHint")}
          {...field("storageClass", storageClass, setStorageClass)}
        />
        <Field label={t("registries.deploy.image")} {...field("image", image, setImage)} />
      </Disclosure>
      <Button type="submit" variant="primary" isDisabled={!parsed.success}>
        {t("registries.deploy.review")}
      </Button>
    </form>
  );
}
