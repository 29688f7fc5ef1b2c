import { expect, it } from "vitest";
import { wordsFor } from "../../../bin/words.js";
import { languageOf } from "../../../electron/app/index.ts";

it("what runs the programs speaks the language that they speak", () => {
  for (const locale of ["ko", "ko_KR.UTF-8", "KO_kr", "kok_IN", "C.UTF-8", "en_US.UTF-8", ""]) {
    for (const name of ["LC_ALL", "LC_MESSAGES", "LANG"]) {
      const env = { LANG: "en_US.UTF-8", [name]: locale };
      const words = wordsFor(env).noNode("/flowdeck");
      expect(words).toContain("npm ci");
      expect(/[가-힣]/.test(words) ? "ko" : "en", `${name}=${locale}`).toBe(languageOf(env));
    }
  }
});
