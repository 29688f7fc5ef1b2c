import { accessPart } from "./backend-access.ts";
import { actionsPart } from "./backend-actions.ts";
import { editPart } from "./backend-edit.ts";
import { forwardsPart } from "./backend-forwards.ts";
import { logsPart } from "./backend-logs.ts";
import { objectsPart } from "./backend-objects.ts";
import { pulsePart } from "./backend-overview.ts";
import type { BrowserDeps } from "./backend-parts.ts";
import { tablesPart } from "./backend-tables.ts";
import { shellsPart } from "./backend-terminal.ts";

/** Everything behind the resource browser: tables, objects, logs, shells, forwards, access. */
export function browserPart(deps: BrowserDeps) {
  const tables = tablesPart(deps);
  const objects = objectsPart(deps);
  const edit = editPart(deps);
  const actions = actionsPart(deps);
  const logs = logsPart(deps);
  const shells = shellsPart(deps);
  const forwards = forwardsPart(deps);
  const access = accessPart(deps);
  const pulse = pulsePart(deps, tables.tables);
  return {
    methods: {
      ...tables.methods,
      ...objects.methods,
      ...edit.methods,
      ...actions.methods,
      ...logs.methods,
      ...shells.methods,
      ...forwards.methods,
      ...access.methods,
      ...pulse.methods,
    },
    async close(): Promise<void> {
      await Promise.all([
        tables.close(),
        objects.close(),
        edit.close(),
        actions.close(),
        logs.close(),
        shells.close(),
        forwards.close(),
        access.close(),
        pulse.close(),
      ]);
    },
  };
}
