import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { ContextId } from "../../../common/contract/index.ts";
import { useStream } from "../../state/use-stream.ts";
import { SuggestField } from "./SuggestField.tsx";

export interface NamespaceFieldProps {
  context: ContextId;
  value: string;
  onChange: (value: string) => void;
  /** Otherwise an empty one stands for the whole cluster. */
  required?: boolean;
}

/** A namespace by name, with those of the cluster to choose from. */
export function NamespaceField({ context, value, onChange, required = false }: NamespaceFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const { item } = useStream("namespaces.watch", { context });
  return (
    <SuggestField
      id={id}
      label={t("access.namespace")}
      value={value}
      onChange={onChange}
      suggestions={item?.names ?? []}
      {...(required ? {} : { placeholder: t("access.everywhere") })}
    />
  );
}
