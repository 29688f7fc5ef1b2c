/** Names that Electron's two sides share. */

export const pageScheme = "app";
/** Where the app's page comes from; the only origin that IPC is answered to. */
export const pageOrigin = "app://flowdeck";

export const callChannel = (name: string) => `call:${name}`;
export const streamChannel = (name: string) => `stream:${name}`;
export const cancelChannel = "cancel";

/** A stream waits when this many of its items are not acknowledged; the page acknowledges each half of it. */
export const unacknowledgedItems = 256;
