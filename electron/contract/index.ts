import type { z } from "zod";
import { appContract } from "./app.ts";
import { clusterContract } from "./cluster.ts";
import type { Method, Stream } from "./define.ts";
import { installContract } from "./install.ts";
import { practiceContract } from "./practice.ts";

/** Everything the renderer may ask. Both hosts, the client and the window's bridge are made from this table. */
export const contract = { ...appContract, ...clusterContract, ...practiceContract, ...installContract };

export type Contract = typeof contract;
export type MethodName = { [K in keyof Contract]: Contract[K] extends Method ? K : never }[keyof Contract];
export type StreamName = { [K in keyof Contract]: Contract[K] extends Stream ? K : never }[keyof Contract];

/** What a caller passes (defaults not yet filled in). */
export type CallInput<K extends MethodName> = z.input<Contract[K]["input"]>;
/** What the backend gets (parsed, defaults filled in). */
export type ParsedInput<K extends MethodName | StreamName> = z.output<Contract[K]["input"]>;
export type CallOutput<K extends MethodName> = z.output<Contract[K]["output"]>;
export type StreamInput<K extends StreamName> = z.input<Contract[K]["input"]>;
export type StreamItem<K extends StreamName> = z.output<Contract[K]["item"]>;

export * from "./app.ts";
export * from "./cluster.ts";
export * from "./define.ts";
export * from "./errors.ts";
export * from "./install.ts";
export * from "./practice.ts";
export * from "./settings.ts";
export * from "./wire.ts";
