import { z } from "zod";
import type { BothWords } from "../words/index.ts";

/** A text of a release's file, which brings its own words in both languages. */
export const bothWords: z.ZodType<BothWords> = z.object({ en: z.string(), ko: z.string() });
