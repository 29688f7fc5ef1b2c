import { lazy, Suspense } from "react";
import { closeCreate, closeExplain, useYamlDialogs } from "./dialogs.ts";

const CreateDialog = lazy(() => import("./CreateDialog.tsx"));
const ExplainDialog = lazy(() => import("./ExplainDialog.tsx"));

/** "New from YAML" and "Explain": mounted once; {@link openCreate} and {@link openExplain} bring them up. */
export function YamlDialogs() {
  const { create, explain } = useYamlDialogs();
  return (
    <Suspense fallback={null}>
      {create ? <CreateDialog {...create} onClose={closeCreate} /> : null}
      {explain ? <ExplainDialog {...explain} onClose={closeExplain} /> : null}
    </Suspense>
  );
}
