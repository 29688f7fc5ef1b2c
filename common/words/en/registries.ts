export const registries = {
  wizard: {
    title: "Images",
    origin: "from the registries that the release names",
    prefixHint:
      "Registry and path. Each image gets one name there: ghcr.io/dexidp/dex:v2 becomes ghcr.io_dexidp_dex:v2. Leave it empty to use the original registries.",
    secretHint:
      "For a private registry: the name of the Secret that pods use. Its credentials are set up under Kubeflow, Images.",
  },
  plan: {
    title_one: "{{count}} image from another registry",
    title_other: "{{count}} images from another registry",
    places_one: "in {{count}} object",
    places_other: "in {{count}} objects",
  },
};
