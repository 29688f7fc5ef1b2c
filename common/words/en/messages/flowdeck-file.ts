/** What is wrong with flowdeck.yaml in an installation's folder. */
export const flowdeckFile = {
  invalid: "{{file}}, line {{line}}: {{why}}",
  advice: "Correct that line, or restore an earlier version of the file from Git.",
  notYaml: "this is not valid YAML ({{words}}).",
  alias: "aliases are not allowed in this file (*{{name}}).",
  twice: '"{{key}}" appears twice.',
  value: "{{path}}: {{words}}.",
  wholeFile: "the file",
  notAsItShould: "not valid",
  otherName: 'name is "{{name}}", but the folder is called "{{folder}}"; they must be the same.',
} as const;
