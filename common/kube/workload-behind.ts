interface Owner {
  kind: string;
  name: string;
}

/** Who is behind a pod's owner: of a Deployment's ReplicaSet the Deployment, told by the pod's `pod-template-hash`. */
export function workloadBehind({ kind, name }: Owner, templateHash: string | undefined): Owner {
  return kind === "ReplicaSet" && templateHash && name.endsWith(`-${templateHash}`)
    ? { kind: "Deployment", name: name.slice(0, -templateHash.length - 1) }
    : { kind, name };
}
