/** “What waits for what, because …” of an installation or a removal that is under way. */
export const wait = {
  installation: "The installation",
  removal: "Uninstalling",
  acceptance: "the API server to accept it",
  pod: "pod {{name}}",
  podBecause: "pod {{name}}: {{why}}",
  application: "Application {{name}}",
  nextApplication: "The next of {{number}} applications",
  objectsOf: "{{number}} objects of {{component}}",
  objectsOfMany: "{{number}} objects of {{components}} components",
  gone: "{{object}} to be deleted",
  unfollowed: "its deletion can't be followed: {{why}}",
} as const;
