export interface GoneImageRule {
  /** Registries, folders of them, or repositories. */
  prefixes: readonly string[];
  /** Why, in one or two short sentences. */
  because: string;
  /** The same image, in the same version, elsewhere. */
  instead?: (image: string) => string | undefined;
  source: string;
}

export const goneImageRules: readonly GoneImageRule[] = [];
