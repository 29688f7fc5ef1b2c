import type { Profile } from "../../../common/contract/index.ts";

/** What is being done: to the selected profile, or to all. */
export type Work =
  | { do: "create" | "class" }
  | { do: "quota" | "owner" | "delete"; profile: Profile }
  | { do: "podDefault"; profile: string }
  | { do: "share"; profile: string; user?: string; role?: "view" | "edit" };
