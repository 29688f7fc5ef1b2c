/** What runs the containers that clusters on this computer are made of. */
export interface Runtime {
  name: "docker" | "podman";
  version: string;
  cpu: number;
  memoryBytes: number;
}
