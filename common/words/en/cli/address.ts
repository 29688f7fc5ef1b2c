/** `flowdeck address`, and the options of `flowdeck install` that say how people reach the dashboard. */
export const cliAddress = {
  help: "show, verify and change how people reach the dashboard",
  show: "show how the dashboard is reached and whether it answers",
  verify: "wait until the dashboard answers, and fail if it doesn't",
  set: "change how the dashboard is reached; without --yes it only shows what would change",
  timeout: "how many seconds to wait",
  way: "how people reach the dashboard: {{ways}}",
  nodePort: "the port of the nodes, from 30000 to 32767 (with --way nodePort: {{port}})",
  host: "the name that people type into the browser",
  ingressClass: "the class of the Ingress",
  gateway: "the Gateway of Gateway API that leads to Kubeflow",
  tls: "the certificate: {{kinds}}",
  tlsCert: "a file with the certificate and those that signed it (PEM)",
  tlsKey: "the file with its private key (PEM)",
  acmeEmail: "the address that the ACME server writes to",
  acmeServer: "production, staging, or the https address of a directory",
  bothFiles: "--tls-cert and --tls-key belong together.",
  noWay: "Choose how people reach the dashboard, such as --way nodePort.",
  useYes: "Use --yes to change it.",
  noTime: "The cluster did not say in time how the dashboard is reached.",
  answers: "✓ answers in {{ms}} ms",
  answersSignIn: "✓ answers in {{ms}} ms with the sign-in",
  certificate: "certificate of {{issuer}}, valid until {{date}}",
  issued: "The certificate was issued.",
  dnsRight: "✓ {{name}} leads to it",
  done: "✓ The way in was changed.",
  notAwaited: "The way in was changed, but the pods and the address were not awaited.",
} as const;

export const cliAddressWay = {
  forward: "From this computer only, over a port forward",
  nodePort: "At a port of every node",
  loadBalancer: "At a load balancer",
  ingress: "Through an Ingress",
  gateway: "Through a Gateway",
} as const;

export const cliAddressStep = {
  check: "Checking",
  try: "Checking what the API server says",
  apply: "Changing",
  undo: "Setting back",
  record: "Writing the folder",
  rollout: "Waiting for the pods",
  verify: "Trying the address",
} as const;
