/** Lists of objects: their columns, filters and connections. */
export const table = {
  closed: "The tables were closed.",
  broke: "The part of Flowdeck that keeps tables broke: {{why}}.",
  ended: "it ended with code {{code}}",
  kindUnserved: "The API server of {{context}} does not serve {{name}}.",
  notListable: "{{kind}} objects can't be listed: the API server keeps none.",
  mayNotList: "You do not have permission to list {{kind}}, neither in the cluster nor in a known namespace.",
  badPath: "The column's path {{path}} is not a JSONPath: {{why}}.",
  pathUnreadable: 'it can\'t be read from "{{rest}}" on',
  pathEmpty: "it names nothing",
  pathExample: "Paths are as in kubectl's custom columns, such as .spec.nodeName or {{example}}.",
  gone: "This table is no longer open.",
  viewGone: "This view is no longer open; open it again.",
  unreadable: "The answer is not a table: {{beginning}}",
} as const;
