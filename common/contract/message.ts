import { z } from "zod";
import type { Message, MessageId, MessageValue } from "../words/index.ts";
import { bothWords } from "./both-words.ts";

// Kept lenient on ids: an older file, or another version of the program behind the page, may hold ones that are not in
// this catalogue. What shows a message gives such an id as it is.
const id = z.custom<MessageId>((value) => typeof value === "string" && value.length <= 200);

const value: z.ZodType<MessageValue> = z.lazy(() =>
  z.union([z.string(), z.number(), time, message, bothWords, z.array(z.union([z.string(), message])).readonly()]),
);

/** The values of a message, by the names that its text gives them. */
export const messageParams = z.record(z.string(), value);

const time = z.object({ time: z.string() });

/** Something to be read by a person, by its id in the catalogue of texts. */
export const message: z.ZodType<Message> = z.object({
  id,
  params: messageParams,
});
