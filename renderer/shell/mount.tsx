import { createRoot } from "react-dom/client";
import { startI18n } from "../i18n/index.ts";
import type { Client } from "../state/api/client.ts";
import { leaveStartLink } from "../state/api/session.ts";
import { settle } from "../state/client.ts";
import { type Feature, provideFeatures } from "../state/contributions.tsx";
import "../ui/fonts.css";
import "../ui/tokens.css";
import "../ui/base.css";
import { App } from "./App.tsx";
import { boot } from "./boot.ts";
import { SignedOut } from "./SignedOut.tsx";

/** Draws the app into an element, over a backend, with what the features bring; resolves when what it stood at before is loaded. */
export async function mount(element: Element, client: Client, features: readonly Feature[]): Promise<void> {
  provideFeatures(features);
  await startI18n(navigator.language);
  const root = createRoot(element);
  const byLink = leaveStartLink();
  if (await isSignedOut(client)) {
    root.render(<SignedOut byLink={byLink} />);
    return;
  }
  root.render(<App />);
  await boot(client);
}

/** Asked before anything is drawn: a page that was not let in has nothing to show but how to get in. */
async function isSignedOut(client: Client): Promise<boolean> {
  if (client.host !== "web") return false;
  const asked = await settle(client.call("app.info", {}));
  return !asked.ok && asked.error.code === "signed-out";
}
