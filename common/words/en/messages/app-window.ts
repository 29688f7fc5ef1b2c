/** What the app's window says outside its page. */
export const appWindow = {
  installing: "{{title}} ({{folder}}) is being installed.",
  removing: "{{title}} ({{folder}}) is being uninstalled.",
  continuesLater: "You can continue where it left off the next time you start Flowdeck.",
  keepRunning: "Keep running",
  quit: "Quit",
  notStarted: "Flowdeck could not start",
} as const;
