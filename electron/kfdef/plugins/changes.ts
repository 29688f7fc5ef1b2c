export interface ParameterChange {
  application: string;
  name: string;
  value: string;
}

/** What one plugin changes in what is built. */
export interface Changes {
  parameters: ParameterChange[];
  overlays: { application: string; add?: string; remove?: string }[];
  /** Applications that are not built. */
  without: string[];
  /** Of Google Cloud. */
  project?: string;
}
