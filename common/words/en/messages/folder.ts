/** What Flowdeck does not touch in an installation's folder. */
export const folder = {
  notName: '"{{name}}" is not a name inside an installation\'s folder.',
  refused: "{{path}} is {{what}}.",
  tooBig: "bigger than {{size}} kB",
  fileForFolder: "a file where a folder belongs",
  folderForFile: "a folder where a file belongs",
  hardLink: "a file that has another name elsewhere (a hard link)",
  link: "a link to another place",
  neither: "neither a file nor a folder",
  plainOnly:
    "Inside an installation's folder Flowdeck reads, writes and removes plain files only, so that a folder from somebody else leads nowhere else. Move it away, or put a file of its own in its place; then try again.",
} as const;
