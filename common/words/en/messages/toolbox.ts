/** The programs beside Flowdeck, and how they are built. */
export const toolbox = {
  notProgram: "FLOWDECK_TOOLBOX names {{file}}, which is not a program.",
  correctVariable: "Correct or remove the variable.",
  goMissing: "The practice cluster's programs must be built once, but Go is not installed.",
  installGo:
    "Install Go 1.26 or later (https://go.dev/dl/) so that `go version` works in a terminal, then try again. An existing cluster needs neither Go nor these programs.",
  noSources:
    "This copy of Flowdeck has neither the toolbox nor its sources. Set FLOWDECK_TOOLBOX to a toolbox, or reinstall Flowdeck.",
  notListed: "Go could not find everything the toolbox is built from.",
  notBuilt: "Go could not build the toolbox.",
  waiting: "Another Flowdeck is building the toolbox; waiting for it",
  looking: "Checking the toolbox's Go modules",
  downloading: "Downloading Go modules: {{number}} ({{module}})",
  compiling: "Compiling the toolbox: {{total}} packages",
  compilingOf: "Compiling the toolbox: {{done}} of {{total}} packages",
  linking: "Linking the toolbox",
} as const;
