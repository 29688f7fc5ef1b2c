import { lazy, Suspense } from "react";
import type { ObjectTabProps } from "../../state/object-tab.ts";
import { Loading } from "./Loading.tsx";

/** The editor is as large as the rest of the page: it is loaded when somebody looks at YAML. */
const YamlPane = lazy(() => import("./YamlPane.tsx"));

/** The object as text: to read, to change with a look at what would be stored, and its fields explained. */
export function YamlTab({ target }: ObjectTabProps) {
  return (
    <Suspense fallback={<Loading />}>
      <YamlPane
        key={[target.context, target.group, target.plural, target.namespace, target.name].join("|")}
        target={target}
      />
    </Suspense>
  );
}
