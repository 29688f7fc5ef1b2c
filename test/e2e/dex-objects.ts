/** As little of Dex as there has to be for a list of people: written by hand, with a list of one. */
export const dexObjects: object[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "auth" } },
  {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "dex", namespace: "auth" },
    data: {
      "config.yaml": [
        "issuer: http://dex.example/dex",
        "staticPasswords:",
        "- email: user@example.com",
        "  hashFromEnv: DEX_USER_PASSWORD",
        "  username: user",
        '  userID: "1"',
        "",
      ].join("\n"),
    },
  },
  {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "dex-passwords", namespace: "auth" },
    stringData: { DEX_USER_PASSWORD: `$2y$10$${"a".repeat(53)}` },
  },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "dex", namespace: "auth" },
    spec: {
      selector: { matchLabels: { app: "dex" } },
      template: {
        metadata: { labels: { app: "dex" } },
        spec: {
          containers: [
            {
              name: "dex",
              image: "registry.example/dex:1",
              envFrom: [{ secretRef: { name: "dex-passwords" } }],
            },
          ],
        },
      },
    },
  },
];
