/** The keys of the place Profiles, which act while one of its rows has the focus. */
export const profileKeys = [
  { key: "↑ ↓", id: "rows" },
  { key: "Enter", id: "open" },
  { key: "S", id: "share" },
  { key: "Q", id: "quota" },
  { key: "N", id: "new" },
  { key: "Del", id: "delete" },
] as const;
