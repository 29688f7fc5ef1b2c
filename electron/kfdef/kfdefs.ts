import type { KfDefChoices, KfDefDocument, ParsedInput } from "../../common/contract/index.ts";
import { type KfDefInput, type KfDefPipeline, openMirror, type PreparedKfDef } from "../install/index.ts";
import type { Tools } from "../tools/index.ts";
import { type BuiltKfDef, buildKfDef, type KfDefBuild } from "./build-kfdef.ts";
import { applicationChoices } from "./choices.ts";
import { readClusterName, writeClusterName } from "./cluster-name.ts";
import { configFileName, readConfig } from "./config/index.ts";
import { describeKfDef, withoutLiterals } from "./document.ts";
import { applyEdit, textOf } from "./edit/index.ts";
import { inspectKfDef, maxKfDefBytes } from "./parse/index.ts";
import { type PipelineOptions, prepareKfDef, sourcesOf } from "./pipeline.ts";

export interface KfDefsOptions {
  tools: Tools;
  dataDir: string;
  assetsDir: string;
  /** Folder with sources.json that is asked before the network. */
  mirror?: string | undefined;
}

/** KfDef files: read, edited, built as kfctl builds them, rendered, and made fit for today's clusters. */
export class KfDefs implements KfDefPipeline {
  protected readonly options: KfDefsOptions;
  readonly #literals = new Map<string, Record<string, string>>();

  constructor(options: KfDefsOptions) {
    this.options = options;
  }

  async read({ configUri, text }: ParsedInput<"kfdef.read">, signal: AbortSignal): Promise<KfDefDocument> {
    return describeKfDef(configUri, text ?? (await this.#fetch(configUri, signal)));
  }

  async edit({ configUri, text, edit }: ParsedInput<"kfdef.edit">): Promise<KfDefDocument> {
    const safe = withoutLiterals(configUri, text);
    const { document } = inspectKfDef(safe, configUri);
    applyEdit(document, edit);
    return describeKfDef(configUri, textOf(document, safe));
  }

  async choices(input: ParsedInput<"kfdef.choices">, signal: AbortSignal): Promise<KfDefChoices> {
    const text = input.text ?? (await this.#fetch(input.configUri, signal));
    return applicationChoices({ ...input, text }, await sourcesOf(this.options), signal);
  }

  async prepare(input: KfDefInput): Promise<PreparedKfDef> {
    return prepareKfDef(this.#pipeline(), input);
  }

  /** `kfctl build`, for the command line. */
  async build(input: KfDefBuild): Promise<BuiltKfDef> {
    return buildKfDef(this.#pipeline(), input);
  }

  fileName(configUri: string): string {
    return configFileName(configUri);
  }

  async clusterName(kfDir: string, configUri: string): Promise<string | undefined> {
    return readClusterName(kfDir, configUri);
  }

  async setClusterName(kfDir: string, configUri: string, name: string): Promise<void> {
    await writeClusterName(kfDir, configUri, name);
  }

  #pipeline(): PipelineOptions {
    return { ...this.options, literals: this.#literals, fetch: (uri, signal) => this.#fetch(uri, signal) };
  }

  /** What CONFIG_URI leads to. */
  async #fetch(configUri: string, signal: AbortSignal): Promise<string> {
    const { dataDir, mirror } = this.options;
    return readConfig(configUri, {
      dataDir,
      mirror: mirror === undefined ? undefined : await openMirror(mirror),
      maxBytes: maxKfDefBytes,
      signal,
    });
  }
}
