import { FlowdeckError, type KfDefChoices, type KfDefDocument, type ParsedInput } from "../contract/index.ts";
import type { KfDefInput, KfDefPipeline, PreparedKfDef } from "../install/index.ts";
import type { Tools } from "../tools/index.ts";

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

  constructor(options: KfDefsOptions) {
    this.options = options;
  }

  async read(_input: ParsedInput<"kfdef.read">, _signal: AbortSignal): Promise<KfDefDocument> {
    throw new FlowdeckError("kfdef-invalid", "KfDef files can't be read yet.");
  }

  async edit(_input: ParsedInput<"kfdef.edit">): Promise<KfDefDocument> {
    throw new FlowdeckError("kfdef-invalid", "KfDef files can't be read yet.");
  }

  async choices(_input: ParsedInput<"kfdef.choices">, _signal: AbortSignal): Promise<KfDefChoices> {
    throw new FlowdeckError("kfdef-invalid", "KfDef files can't be read yet.");
  }

  async prepare(_input: KfDefInput): Promise<PreparedKfDef> {
    throw new FlowdeckError("kfdef-invalid", "KfDef files can't be read yet.");
  }
}
