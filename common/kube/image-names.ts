/** An image's name in its parts. Docker's short names are made whole: `mysql:8` is docker.io/library/mysql:8. */
interface ImageName {
  registry: string;
  /** Without the registry. */
  repository: string;
  /** With its `:` or `@`, or both; empty where there is none. */
  version: string;
}

/** https://github.com/distribution/reference/blob/main/regexp.go */
const whole =
  /^(?:((?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::\d+)?)\/)?([a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*)((?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?)$/;

/** Undefined where the text is not the name of an image. */
export function parseImage(image: string): ImageName | undefined {
  const [, host, path = "", version = ""] = whole.exec(image) ?? [];
  if (path === "") return undefined;
  if (host === undefined)
    return { registry: "docker.io", repository: path.includes("/") ? path : `library/${path}`, version };
  // Docker takes the first part for a host only where it looks like one.
  if (/[.:]/.test(host) || host === "localhost") {
    const registry = host === "index.docker.io" ? "docker.io" : host;
    return {
      registry,
      repository: registry === "docker.io" && !path.includes("/") ? `library/${path}` : path,
      version,
    };
  }
  return /[A-Z]/.test(host) ? undefined : { registry: "docker.io", repository: `${host}/${path}`, version };
}

/**
 * Where an image is in a registry of one's own: its registry and its path become one name, so that it works on
 * registries without folders (Docker Hub) as on those with folders; tag and digest stay. With the prefix
 * `registry.example/kubeflow`, ghcr.io/dexidp/dex:v2 is registry.example/kubeflow/ghcr.io_dexidp_dex:v2. This is the one
 * rule for both the mirror and the installation. What begins with the prefix already stays as it is.
 */
export function prefixedImage(image: string, prefix: string): string {
  if (prefix === "" || image.startsWith(`${prefix}/`)) return image;
  const name = parseImage(image);
  return name === undefined ? image : `${prefix}/${flatName(name)}${name.version}`;
}

function flatName({ registry, repository }: ImageName): string {
  return `${registry.replace(":", "-").toLowerCase()}/${repository}`.replaceAll("/", "_");
}
