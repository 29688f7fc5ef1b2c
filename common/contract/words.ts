import { z } from "zod";

/** The same in both languages of the page. */
export const words = z.object({ en: z.string(), ko: z.string() });
export type Words = z.infer<typeof words>;
