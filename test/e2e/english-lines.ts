import type { Page } from "playwright-core";

/**
 * Others' words and what a machine reads: marked as such, or in an element that is for nothing else. And what a screen
 * reader was told before the language was changed.
 */
const notOurs = "code, pre, kbd, samp, [lang=en], .cm-editor, .xterm, textarea, input, .sr-only[aria-live]";

/**
 * The visible texts of a page that read as an English sentence: four words in a row, three of them in small letters, with
 * no Hangul in the same text. Names, commands and YAML are none; what others said is looked over where it is marked.
 */
export async function englishLines(page: Page): Promise<string[]> {
  return page.evaluate((skipped) => {
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const said = node.textContent?.trim() ?? "";
      if (element === null || element.closest(`script, style, ${skipped}`) !== null) continue;
      if (/[가-힣]/.test(said) || !/(?:^|\s)(?:[A-Za-z]+,? )(?:[a-z]+,? ){2}[a-z]+/.test(said)) continue;
      if (element.checkVisibility({ visibilityProperty: true })) found.add(said);
    }
    return [...found];
  }, notOurs);
}
