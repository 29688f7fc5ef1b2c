import type { AppError, ContextId, TableQuery, TableView } from "../../common/contract/index.ts";
import type { TableSpec } from "./row-reader.ts";
import type { Scope, TableStatus } from "./table.ts";

/** What the worker thread can be asked; bytes are handed over, not copied. */
export interface EngineCalls {
  create(input: { table: string; spec: TableSpec }): void;
  drop(input: { table: string }): void;
  status(input: { table: string; status: TableStatus }): void;
  begin(input: { table: string; scope: Scope }): void;
  /** `namespace` is that of rows that come without metadata; `at` is when it was asked for, in ms. */
  list(input: { table: string; scope: Scope; namespace: string; at: number; body: Uint8Array }): PageAnswer;
  commit(input: { table: string; scope: Scope }): void;
  clear(input: { table: string; scope: Scope }): void;
  /** A new connection of the watch begins: what was left of the last one's bytes is void. */
  connected(input: { table: string; scope: Scope }): void;
  frames(input: { table: string; scope: Scope; at: number; body: Uint8Array }): FramesAnswer;
  open(input: { view: string; table: string; query: TableQuery }): void;
  query(input: { view: string; query: TableQuery }): void;
  close(input: { view: string }): void;
  keys(input: { view: string; from: string | null; to: string | null }): string[];
  export(input: { view: string; as: "csv" | "names" | "text"; keys: string[] | null }): string;
  /** Names in the tables of one context, the best first. */
  find(input: { context: ContextId; text: string; limit: number }): FoundRow[];
}

export interface PageAnswer {
  resourceVersion: string;
  continueToken: string;
  remaining: number | undefined;
  rows: number;
  /** Rows came with their namespaces. */
  hasMetadata: boolean;
}

export interface FramesAnswer {
  /** The newest that was seen. */
  resourceVersion: string | undefined;
  events: number;
  /** The server ended the watch with this Status. */
  failure: { code: number; body: string } | undefined;
  /** The kind is printed in other columns than before: it has to be listed anew. */
  otherColumns: boolean;
}

export interface FoundRow {
  group: string;
  version: string;
  plural: string;
  kind: string;
  namespace: string;
  name: string;
  /** 0 for the very name, larger for worse. */
  rank: number;
}

export type EngineOperation = keyof EngineCalls;
export type EngineInput<K extends EngineOperation> = Parameters<EngineCalls[K]>[0];
export type EngineOutput<K extends EngineOperation> = ReturnType<EngineCalls[K]>;

export interface ToWorker {
  id: number;
  operation: EngineOperation;
  input: unknown;
}

export type FromWorker =
  | { id: number; value: unknown }
  | { id: number; error: AppError }
  | { view: string; item: TableView };
