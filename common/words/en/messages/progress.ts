/** What is being done while a plan is prepared. */
export const progress = {
  lookingForSources: "Looking for the sources",
  downloading: "Downloading {{name}} from {{host}}",
  downloadingSize: "Downloading {{name}} from {{host}}: {{received}} MB",
  downloadingOf: "Downloading {{name}} from {{host}}: {{received}} of {{total}} MB",
  unpacking: "Unpacking {{name}}",
  verified: "{{name}} is verified",
  building_one: "Building {{count}} component",
  building_other: "Building {{count}} components",
  buildingOne: "Building {{name}}",
  built: "{{name}} is built",
  allBuilt_one: "{{count}} component is built",
  allBuilt_other: "{{count}} components are built",
  settings: "Putting the settings in",
  comparing: "Comparing with the cluster",
  counting: "Counting",
  planReady: "The plan is ready",
} as const;
