/** What the app's window says outside its page. */
export const appWindow = {
  installing: "Installing {{title}} ({{folder}}) is in progress.",
  removing: "Uninstalling {{title}} ({{folder}}) is in progress.",
  continuesLater: "You can continue where it left off after the next start.",
  keepRunning: "Keep running",
  quit: "Quit",
  notStarted: "Flowdeck could not start",
} as const;
