/** The text behind percent escapes; as it stands where those are malformed, as in what a person typed or cut off. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
