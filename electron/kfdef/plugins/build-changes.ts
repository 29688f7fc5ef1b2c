import type { AppError } from "../../contract/index.ts";
import type { KfDef } from "../types.ts";

export interface ParameterChange {
  application: string;
  name: string;
  value: string;
}

/** What a KfDef's plugins make of it before it is built. */
export interface PluggedKfDef {
  kfdef: KfDef;
  /** The same parameters as in `kfdef`, for a file that uses stacks. */
  parameters: ParameterChange[];
  /** Of Google Cloud. */
  project: string;
  warnings: AppError[];
}

/** `name`: the installation's. */
export function withPlugins(kfdef: KfDef, name: string): PluggedKfDef {
  void name;
  return { kfdef, parameters: [], project: "", warnings: [] };
}
