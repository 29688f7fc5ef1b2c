import { contributions } from "../state/contributions.tsx";

/** The parts of the window that F6 goes round, in the order they are read. */
const regions = [".rail", ".top", ".sidebar", ".list", ".object-side", ".dock"] as const;

const stops =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex="0"], [contenteditable=true]';

/** Where the focus stood in each region when it was left. */
const left = new Map<string, WeakRef<HTMLElement>>();

function isThere(element: HTMLElement | null | undefined): element is HTMLElement {
  return element?.isConnected === true && element.offsetParent !== null;
}

function firstStop(region: HTMLElement): HTMLElement | undefined {
  const all = [...region.querySelectorAll<HTMLElement>(stops)].filter((stop) => stop.tabIndex >= 0 && isThere(stop));
  return all.find((stop) => stop.hasAttribute("aria-current")) ?? all[0];
}

/** Moves the focus to the next region that is on screen, to where it was there. */
export function moveRegion(by: 1 | -1): void {
  const there = regions.flatMap((selector) => {
    const element = document.querySelector<HTMLElement>(selector);
    return isThere(element) && element.getBoundingClientRect().height > 0 ? [{ selector, element }] : [];
  });
  const active = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  const at = there.findIndex(({ element }) => element.contains(active));
  const from = there[at];
  if (from && active) left.set(from.selector, new WeakRef(active));
  for (let step = 1; step <= there.length; step += 1) {
    const start = at === -1 && by === -1 ? 0 : at;
    const next = there[(start + by * step + there.length * 2) % there.length];
    if (!next) return;
    if (contributions().some(({ regions }) => regions?.[next.selector]?.())) return;
    const before = left.get(next.selector)?.deref();
    const stop = isThere(before) && next.element.contains(before) ? before : firstStop(next.element);
    if (!stop) continue;
    stop.focus();
    return;
  }
}
