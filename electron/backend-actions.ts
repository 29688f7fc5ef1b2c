import type { BrowserDeps, Part } from "./backend-parts.ts";
import type { actionsContract } from "./contract/index.ts";

export function actionsPart(_deps: BrowserDeps): Part<typeof actionsContract> {
  return { methods: {}, close: async () => undefined };
}
