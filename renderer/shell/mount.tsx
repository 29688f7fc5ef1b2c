import { createRoot } from "react-dom/client";
import { startI18n } from "../i18n/index.ts";
import type { Client } from "../state/api/client.ts";
import { type Feature, provideFeatures } from "../state/contributions.tsx";
import "../ui/fonts.css";
import "../ui/tokens.css";
import "../ui/base.css";
import { App } from "./App.tsx";
import { boot } from "./boot.ts";

/** Draws the app into an element, over a backend, with what the features bring; resolves when what it stood at before is loaded. */
export async function mount(element: Element, client: Client, features: readonly Feature[]): Promise<void> {
  provideFeatures(features);
  await startI18n(navigator.language);
  createRoot(element).render(<App />);
  await boot(client);
}
