/** Volumes from before whose databases have another password than this installation. */
export const leftClaims = {
  found_one:
    "A database's volume from an earlier installation still exists and keeps the password it was first started with: {{names}}.",
  found_other:
    "Volumes of {{count}} databases from an earlier installation still exist and keep the passwords they were first started with: {{names}}.",
  delete: "To start with empty databases, delete the volumes, then plan again: `{{commands}}`",
  ownFolder:
    "To keep the data of an installation that Flowdeck made, install from its folder, on the computer that made it.",
  published:
    "To keep the data of an installation with the passwords that Kubeflow publishes, keep these passwords (--published-passwords).",
} as const;
