import { create } from "zustand";

export const stepIds = ["cluster", "settings", "components", "plan", "install", "done"] as const;
export type StepId = (typeof stepIds)[number];
export type Route = { place: "home" } | { place: "install"; step: StepId };

/** Reads `#/install/plan`; anything else is home. */
export function parseRoute(hash: string): Route {
  const [, place, step] = hash.replace(/^#/, "").split("/");
  if (place !== "install") return { place: "home" };
  return { place: "install", step: stepIds.find((id) => id === step) ?? "cluster" };
}

export function formatRoute(route: Route): string {
  return route.place === "home" ? "#/" : `#/install/${route.step}`;
}

interface RouteState {
  route: Route;
  /** The wizard's step that was left last: its place in the rail goes back there. */
  lastStep: StepId;
  /** How far the wizard was walked: what was not yet looked at is not called done. */
  furthest: number;
}

export const useRoute = create<RouteState>(() => ({ route: { place: "home" }, lastStep: "cluster", furthest: -1 }));

function show(route: Route): void {
  useRoute.setState((state) =>
    route.place === "install"
      ? { route, lastStep: route.step, furthest: Math.max(state.furthest, stepIds.indexOf(route.step)) }
      : { route },
  );
}

/** Goes there and writes it in the address, so that reload and the back button work. */
export function go(route: Route): void {
  show(route);
  if (window.location.hash !== formatRoute(route)) window.location.hash = formatRoute(route);
}

export function goStep(step: StepId): void {
  go({ place: "install", step });
}

/** Follows the address bar; gives the function that stops it. */
export function followAddress(): () => void {
  const follow = () => show(parseRoute(window.location.hash));
  follow();
  window.addEventListener("hashchange", follow);
  return () => window.removeEventListener("hashchange", follow);
}
