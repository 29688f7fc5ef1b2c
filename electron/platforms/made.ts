import { join } from "node:path";
import { z } from "zod";
import { cloudPlatforms, localPlatforms } from "../../common/contract/index.ts";
import { JsonStore } from "../settings/index.ts";

const madeCluster = z.object({
  platform: z.enum([...localPlatforms, ...cloudPlatforms]),
  name: z.string(),
  /** Region or zone; of AKS the resource group. Of a cluster on this computer none. */
  region: z.string().optional(),
  account: z.string().optional(),
  /** ISO 8601. */
  at: z.string(),
});
export type MadeCluster = z.infer<typeof madeCluster>;

type Named = Pick<MadeCluster, "platform" | "name" | "region">;
export type IsMade = (cluster: Named) => boolean;

/** The clusters that Flowdeck created, in dataDir/platforms.json: it deletes no others. */
export class MadeClusters {
  readonly #store: JsonStore<MadeCluster[]>;

  constructor(dataDir: string, onDamaged?: (file: string, kept: string) => void) {
    this.#store = new JsonStore<MadeCluster[]>({
      file: join(dataDir, "platforms.json"),
      schema: z.array(madeCluster),
      version: 1,
      initial: [],
      ...(onDamaged === undefined ? {} : { onDamaged }),
    });
  }

  async isMade(): Promise<IsMade> {
    const made = await this.#store.get();
    return (cluster) => made.some((one) => isSame(one, cluster));
  }

  async find(cluster: Named): Promise<MadeCluster | undefined> {
    return (await this.#store.get()).find((one) => isSame(one, cluster));
  }

  async add(cluster: Omit<MadeCluster, "at">): Promise<void> {
    const at = new Date().toISOString();
    await this.#store.update((made) => [...made.filter((one) => !isSame(one, cluster)), { ...cluster, at }]);
  }

  async remove(cluster: Named): Promise<void> {
    await this.#store.update((made) => made.filter((one) => !isSame(one, cluster)));
  }
}

function isSame(a: Named, b: Named): boolean {
  return a.platform === b.platform && a.name === b.name && a.region === b.region;
}
