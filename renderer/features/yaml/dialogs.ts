import type { TFunction } from "i18next";
import { create } from "zustand";
import type { ContextId } from "../../../common/contract/index.ts";
import { useCluster } from "../../state/cluster.ts";
import type { Command } from "../../state/command-registry.ts";
import { useRoute } from "../../state/route.ts";

interface Dialogs {
  /** New objects are being written. */
  create: { context: ContextId; namespace: string; text: string } | undefined;
  /** A field is being explained: `pods.spec.containers`. */
  explain: { context: ContextId; text: string } | undefined;
}

export const useYamlDialogs = create<Dialogs>(() => ({ create: undefined, explain: undefined }));

/** The context that the browser shows. */
function shownContext(): ContextId | undefined {
  return useRoute.getState().lastBrowse.context ?? useCluster.getState().chosen;
}

let createText = "";

/** What was written when the dialog was closed: it is there again the next time. */
export function keepCreateText(text: string): void {
  createText = text;
}

/** Opens "New from YAML" for the cluster and namespace on screen, with a text to begin with if there is one. */
export function openCreate({ text = createText }: { text?: string } = {}): void {
  const context = shownContext();
  if (context === undefined) return;
  const { namespaces } = useRoute.getState().lastBrowse;
  const entry = useCluster.getState().list?.contexts.find(({ id }) => id === context);
  useYamlDialogs.setState({ create: { context, namespace: namespaces[0] ?? entry?.namespace ?? "default", text } });
}

/** Opens the explanation of a field, as `kubectl explain` is asked; without a text, asks which. */
export function openExplain(text = ""): void {
  const context = shownContext();
  if (context !== undefined) useYamlDialogs.setState({ explain: { context, text } });
}

export function closeCreate(): void {
  useYamlDialogs.setState({ create: undefined });
}

export function closeExplain(): void {
  useYamlDialogs.setState({ explain: undefined });
}

export function yamlCommands(t: TFunction): Command[] {
  const unavailable = shownContext() === undefined ? t("yaml.noCluster") : undefined;
  return [
    { id: "yaml:create", title: t("yaml.createCommand"), group: "cluster", unavailable, run: () => openCreate() },
    { id: "yaml:explain", title: t("yaml.explainCommand"), group: "cluster", unavailable, run: () => openExplain() },
  ];
}
