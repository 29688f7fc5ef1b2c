import type { TFunction } from "i18next";
import { create } from "zustand";
import type { CallOutput } from "../../common/contract/index.ts";

export const usePalette = create<{ open: boolean; text: string }>(() => ({ open: false, text: "" }));

/** Opens the palette; with `:` it takes lines as k9s does. */
export function openPalette(text = ""): void {
  usePalette.setState({ open: true, text });
}

export function closePalette(): void {
  usePalette.setState({ open: false });
}

/** Something the palette can do or go to. */
export interface PaletteItem {
  id: string;
  title: string;
  /** Other names it is found by. */
  names: readonly string[];
  /** What it is, at the end of its line. */
  note: string;
  key?: string | undefined;
  unavailable?: string | undefined;
  run: () => void;
}

export type FoundObject = CallOutput<"objects.find">["found"][number];

/** What a line after `:` means: one item, or those whose id begins with `prefix` and that fit `words`. */
export type PaletteLine = { item: PaletteItem } | { prefix: string; words: string } | undefined;

/** What a feature puts into the palette besides its commands. */
export interface PaletteSource {
  items?(t: TFunction): PaletteItem[];
  /** How an object that the cluster found is gone to. */
  object?(object: FoundObject): PaletteItem;
  line?(t: TFunction, text: string): PaletteLine;
}
