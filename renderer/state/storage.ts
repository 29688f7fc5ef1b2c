/** Small values kept by the browser for this window's page; a browser that keeps nothing is no failure. */
export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(`flowdeck.${key}`, JSON.stringify(value));
  } catch {
    return; // storage is full or switched off: the page works, it only forgets
  }
}

/** What was remembered under `key`, or undefined; its form is for the caller to check. */
export function recall(key: string): unknown {
  try {
    const text = localStorage.getItem(`flowdeck.${key}`);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined; // not JSON (another version wrote it) or no storage
  }
}
