import { create } from "zustand";

/** Whether the dialog of people and sign-in is open, or waits for the place that shows it. */
export const useSignInOpen = create<{ isOpen: boolean }>(() => ({ isOpen: false }));

export function setSignInOpen(isOpen: boolean): void {
  useSignInOpen.setState({ isOpen });
}
