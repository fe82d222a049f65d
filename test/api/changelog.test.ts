// `/docs/changelog` shows CHANGELOG.md whole: each section by its title, each point once.
/// <reference types="vite/types/importMeta.d.ts" />
import { SELF } from "cloudflare:test";
import { expect, test } from "vitest";

const [markdown = ""] = Object.values(
  import.meta.glob<string>("../../CHANGELOG.md", { eager: true, query: "?raw", import: "default" }),
);

test("the changelog has every section and every point", async () => {
  const html = await (await SELF.fetch("https://img.example.com/docs/changelog")).text();
  const main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  const [titles, points] = [/^### (.+)$/gm, /^- /gm].map((pattern) => [...markdown.matchAll(pattern)]);
  const shown = [...main.matchAll(/<h3>([^<]+)<\/h3>/g)].map(([, title]) => title?.replaceAll("&#39;", "'"));
  expect(shown).toEqual(titles?.map(([, title]) => title));
  expect(main.match(/<li>/g)?.length).toBe(points?.length);
  expect(points?.length).toBeGreaterThan(50);
});
