/** What is being done while a plan is prepared. */
export const progress = {
  lookingForSources: "Finding the sources",
  downloading: "Downloading {{name}} from {{host}}",
  downloadingSize: "Downloading {{name}} from {{host}}: {{received}} MB",
  downloadingOf: "Downloading {{name}} from {{host}}: {{received}} of {{total}} MB",
  unpacking: "Unpacking {{name}}",
  verified: "Verified {{name}}",
  building_one: "Building {{count}} component",
  building_other: "Building {{count}} components",
  buildingOne: "Building {{name}}",
  built: "Built {{name}}",
  allBuilt_one: "Built {{count}} component",
  allBuilt_other: "Built {{count}} components",
  settings: "Applying the settings",
  comparing: "Comparing with the cluster",
  counting: "Counting objects",
  planReady: "The plan is ready",
} as const;
