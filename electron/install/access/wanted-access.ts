import type { AccessPlan, AccessSettings, InstallSettings } from "../../../common/contract/index.ts";
import type { SecretValues } from "../drift/secret-values.ts";
import type { JournalState } from "../installation-dir/journal-entries.ts";
import type { InstallSecrets } from "../types.ts";
import type { ChangedObject } from "./changed-objects.ts";

/** All that is known of a change of the way in before it is made. */
export interface WantedAccess {
  /** Stands for what is shown. */
  digest: string;
  objects: readonly ChangedObject[];
  access: AccessSettings;
  /** Checked; absent where the one that is kept stays. */
  certificate?: { certificate: string; key: string };
  warnings: AccessPlan["warnings"];
  settings: InstallSettings;
  /** With the certificate, if there is one. */
  secrets: InstallSecrets;
  journal: JournalState;
  installation: string;
  /** Keys of what a HorizontalPodAutoscaler scales. */
  scaled: ReadonlySet<string>;
  values: SecretValues;
}
