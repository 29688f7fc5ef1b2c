import { useState } from "react";
import { Form } from "react-aria-components/Form";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.tsx";
import { Disclosure } from "../../ui/Disclosure.tsx";
import { ErrorBanner } from "../../ui/ErrorBanner.tsx";
import { Field } from "../../ui/Field.tsx";
import { addKubeconfig, useCluster } from "../cluster.ts";

/** Adds a kubeconfig file by its path. */
export function AddFile() {
  const { t } = useTranslation();
  const [path, setPath] = useState("");
  const error = useCluster((state) => state.addError);
  return (
    <Disclosure title={t("cluster.add.title")} level={2}>
      <Form
        className="add-file"
        onSubmit={(event) => {
          event.preventDefault();
          const asked = path.trim();
          if (asked !== "")
            addKubeconfig(asked).then(
              (added) => added && setPath(""),
              () => undefined,
            );
        }}
      >
        <Field label={t("cluster.add.path")} value={path} onChange={setPath} placeholder="~/.kube/config" mono />
        <Button type="submit" isDisabled={path.trim() === ""}>
          {t("cluster.add.button")}
        </Button>
      </Form>
      {error ? <ErrorBanner error={error} /> : null}
    </Disclosure>
  );
}
