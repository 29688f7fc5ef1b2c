/**
 * Sentences that readers asked to change and that were kept, by language and key, with the reason. A string that is
 * right in another place than the one it was asked for has the key of that place.
 */
export const keptSentences: Readonly<Record<string, string>> = {
  "en browse.rail.forwards": "an item of the rail has room for one word; the place's title is Port forwards",
};
