import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { verbatim } from "../../../../common/words/index.ts";
import { message } from "../../../../common/words/message.ts";
import { ErrorBanner } from "../../../../renderer/ui/ErrorBanner.tsx";
import { Marked } from "../../../../renderer/ui/Marked.tsx";

const markup = (text: string) => renderToStaticMarkup(createElement(Marked, null, text));

it("names in backquotes are code, and a backquote by itself is one", () => {
  expect(markup("Run `kubectl get pods`, then `b`.")).toBe("Run <code>kubectl get pods</code>, then <code>b</code>.");
  expect(markup("can't open `file'")).toBe("can&#x27;t open `file&#x27;");
});

it("an error shows names as code, and what others said as a quotation", () => {
  const error = {
    ...{ code: "invalid-input" as const, message: "x", said: message("wayIn.keyEncrypted") },
    ...{ advice: [message("wayIn.keyEncryptedWay")], detail: "unexpected `end" },
  };
  const shown = renderToStaticMarkup(createElement(ErrorBanner, { error }));
  expect(shown).toContain("<code>openssl pkey -in key.pem -out plain.pem</code>");
  expect(shown).toContain('<span lang="en" class="foreign">unexpected `end</span>');
  const quoted = renderToStaticMarkup(
    createElement(ErrorBanner, { error: { ...error, said: verbatim("no such host") } }),
  );
  expect(quoted).toContain('<strong><span lang="en" class="foreign">no such host</span></strong>');
});
