/** Where a program outside the cluster reaches the API of Pipelines. */
export interface Door {
  /** `gateway` takes tokens of service accounts; where it does not, Pipelines itself is reached over a port forward. */
  by: "gateway" | "pipelines";
  /** Kubeflow's address, where it has one. */
  address?: string | undefined;
  contextName: string;
}

/** A Python program that reads a token from its file and lists runs with it. */
export function snippetOf(file: string, profile: string, { by, address, contextName }: Door): string[] {
  const context = `--context ${quotedForShell(contextName)}`;
  const forward =
    by === "pipelines"
      ? `kubectl ${context} port-forward -n kubeflow svc/ml-pipeline 8888:8888`
      : `kubectl ${context} port-forward -n istio-system svc/istio-ingressgateway 8888:80`;
  const isForwarded = by === "pipelines" || address === undefined;
  const base = isForwarded ? "http://localhost:8888" : address;
  const host = by === "gateway" ? `${base}/pipeline` : base;
  return [
    ...(isForwarded ? [`# ${forward}`] : []),
    "from pathlib import Path",
    "",
    "import kfp",
    "",
    // A string of JSON is one of Python, too.
    `token = Path(${JSON.stringify(file)}).read_text()`,
    `client = kfp.Client(host=${JSON.stringify(host)}, existing_token=token)`,
    `print(client.list_runs(namespace=${JSON.stringify(profile)}))`,
  ];
}

function quotedForShell(word: string): string {
  return /^[\w.@:/-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
