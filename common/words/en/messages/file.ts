/** What can go wrong with a file or a folder, whoever it belongs to. */
export const file = {
  unreadable: "{{file}} can't be read.",
  unreadableCode: "{{file}} can't be read ({{code}}).",
} as const;
