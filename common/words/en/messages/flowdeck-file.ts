/** What is wrong with flowdeck.yaml in an installation's folder. */
export const flowdeckFile = {
  invalid: "{{file}}, line {{line}}: {{why}}",
  advice: "Correct that line, or take an earlier version of the file out of git.",
  notYaml: "this is not YAML ({{words}}).",
  alias: "this file takes no aliases (*{{name}}).",
  twice: '"{{key}}" is there twice.',
  value: "{{path}}: {{words}}.",
  wholeFile: "the file",
  notAsItShould: "not as it should be",
  otherName: 'name is "{{name}}", but the folder is called "{{folder}}"; they have to be the same.',
} as const;
