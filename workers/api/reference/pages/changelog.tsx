// `/docs/changelog`: CHANGELOG.md as it lies in the repository (`changelog.txt` is a link to it, under a name that bundlers take for text).
import { Prose } from "../prose.tsx";
import text from "./changelog.txt";
import { docsPageList, docsPages } from "./navigation.ts";
import { DocsPage } from "./page.tsx";
import type { DocsProps } from "./props.ts";

interface Section {
  /** None above the first list. */
  readonly title: string;
  readonly entries: readonly string[];
}

/** The few kinds of Markdown that the file has: titles of versions and of sections, and lists that go on over lines. */
function versionsOf(markdown: string): { readonly title: string; readonly sections: readonly Section[] }[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((version) => {
      const [title = "", ...lines] = version.split("\n");
      const [untitled = "", ...titled] = lines.join("\n").split(/^### /m);
      const sections = [`\n${untitled}`, ...titled].map(sectionOf);
      return { title, sections: sections.filter(({ entries }) => entries.length > 0) };
    });
}

function sectionOf(text: string): Section {
  const [title = "", ...lines] = text.split("\n");
  const entries = lines.join("\n").split(/^- /m).slice(1);
  return { title, entries: entries.map((entry) => entry.replace(/\s+/g, " ").trim()) };
}

export function ChangelogPage({ reader }: DocsProps) {
  return (
    <DocsPage page={docsPages.changelog} reader={reader} lead="What has changed, for people who use it.">
      {versionsOf(text).map(({ title, sections }) => (
        <section>
          <h2>{title}</h2>
          {sections.map((section) => (
            <>
              {section.title && <h3>{section.title}</h3>}
              <ul>
                {section.entries.map((entry) => (
                  <li>
                    <Linked text={entry} />
                  </li>
                ))}
              </ul>
            </>
          ))}
        </section>
      ))}
    </DocsPage>
  );
}

/** `[words](docs/limits.md)` leads to the page of that name; where the reference has none, the words stand alone. */
function Linked({ text: entry }: { readonly text: string }) {
  // Every third part is an address, and the words of a link come before it.
  const parts = entry.split(/\[([^\]]+)\]\(([^)]+)\)/);
  return (
    <>
      {parts.map((part, at) => {
        if (at % 3 === 2) return null;
        const path = `/${(parts[at + 1] ?? "").replace(/\.md$/, "")}`;
        const isLink = at % 3 === 1 && docsPageList.some((page) => page.path === path);
        return isLink ? <a href={path}>{part}</a> : <Prose text={part} />;
      })}
    </>
  );
}
