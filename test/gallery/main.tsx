import { useState } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { createRoot } from "react-dom/client";
import { features } from "../../renderer/features.ts";
import { i18n, startI18n } from "../../renderer/i18n/index.ts";
import { provideClient } from "../../renderer/state/client.ts";
import { provideFeatures } from "../../renderer/state/contributions.tsx";
import { Segmented } from "../../renderer/ui/Segmented.tsx";
import "../../renderer/ui/fonts.css";
import "../../renderer/ui/tokens.css";
import "../../renderer/ui/base.css";
import "../../renderer/shell/App.css";
import "./gallery.css";
import { silent } from "./double.ts";
import { parts } from "./parts.tsx";
import { views } from "./states.tsx";

type Theme = "light" | "dark";
type Language = "en" | "ko";

const asked = new URLSearchParams(location.search);
const theme: Theme = asked.get("theme") === "dark" ? "dark" : "light";
const language: Language = asked.get("language") === "ko" ? "ko" : "en";

provideClient(silent);
provideFeatures(features);
await startI18n(language);

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no #root.");
const story = views.find(({ id }) => id === asked.get("story"));
story?.given?.();
createRoot(root).render(
  <I18nProvider locale={language === "ko" ? "ko-KR" : "en-US"}>
    {story === undefined ? (
      <Gallery />
    ) : (
      // As in a page, the head of a view is not that of the whole.
      <article className="gallery-view">{story.draw()}</article>
    )}
  </I18nProvider>,
);
dress(theme, language);

function dress(nextTheme: Theme, nextLanguage: Language): void {
  document.documentElement.dataset.theme = nextTheme;
  document.documentElement.lang = nextLanguage;
}

/** All parts, and each view in a frame of its own, as views share their stores. */
function Gallery() {
  const [look, setLook] = useState({ theme, language });
  const show = (next: { theme: Theme; language: Language }) => {
    dress(next.theme, next.language);
    void i18n.changeLanguage(next.language).then(() => setLook(next));
  };
  return (
    <main className="gallery">
      <header className="gallery-head">
        <h1>Gallery</h1>
        <Segmented
          label="Theme"
          value={look.theme}
          onChange={(next) => show({ ...look, theme: next })}
          options={[
            { value: "light", label: "Light" },
            { value: "dark", label: "Dark" },
          ]}
        />
        <Segmented
          label="Language"
          value={look.language}
          onChange={(next) => show({ ...look, language: next })}
          options={[
            { value: "en", label: "English" },
            { value: "ko", label: "한국어" },
          ]}
        />
      </header>
      {parts.map(({ id, draw }) => (
        <section key={id} className="gallery-story" data-story={id}>
          <h2>{id}</h2>
          <div>{draw()}</div>
        </section>
      ))}
      {views.map(({ id }) => (
        <section key={id} className="gallery-story" data-view={id}>
          <h2>{id}</h2>
          <iframe title={id} loading="lazy" src={`?${new URLSearchParams({ story: id, ...look })}`} />
        </section>
      ))}
    </main>
  );
}
