import { create } from "zustand";

export const usePalette = create<{ open: boolean; text: string }>(() => ({ open: false, text: "" }));

/** Opens the palette; with `:` it takes lines as k9s does. */
export function openPalette(text = ""): void {
  usePalette.setState({ open: true, text });
}

export function closePalette(): void {
  usePalette.setState({ open: false });
}
