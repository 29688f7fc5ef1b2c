/** `flowdeck adopt`. */
export const cliAdopt = {
  help: "take a Kubeflow that something else installed into a folder, as it is; without --yes it only compares",
  release: "the release to compare with; without it, the one that fits best",
  is: "{{title}}: {{percent}}% of the workloads have exactly its images.",
  objects_one: "{{count}} object becomes part of the installation as it is; {{differing}} of them differ and stay so.",
  objects_other:
    "{{count}} objects become part of the installation as they are; {{differing}} of them differ and stay so.",
  absent_one: "{{count}} object of the release does not exist and is not created.",
  absent_other: "{{count}} objects of the release do not exist and are not created.",
  secret_one: "{{count}} object holds secret values and is left alone.",
  secret_other: "{{count}} objects hold secret values and are left alone.",
  definition_one: "{{count}} definition differs and is left alone.",
  definition_other: "{{count}} definitions differ and are left alone.",
  changes_one: "{{count}} object could not be taken without a change and is left alone.",
  changes_other: "{{count}} objects could not be taken without a change and are left alone.",
  other_one: "{{count}} object belongs to another installation and is left alone.",
  other_other: "{{count}} objects belong to another installation and are left alone.",
  useYes: "Use --yes to adopt it: objects get Flowdeck's labels, and nothing else changes.",
} as const;
