// What people paste elsewhere to show an image. Titles are strangers' text, so each language escapes its own way.
import type { Image } from "../../../schema/api.ts";
import { alternativeOf } from "./words.ts";

export interface Snippet {
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

export function snippetsOf(image: Image): readonly Snippet[] {
  const alternative = alternativeOf(image);
  const shown = image.sizes.medium?.url ?? image.url;
  return [
    { id: "link", label: "Page link", text: image.page_url },
    { id: "image", label: "Image link", text: image.url },
    {
      id: "html",
      label: "HTML",
      text: `<a href="${escapeHtml(image.page_url)}"><img src="${escapeHtml(shown)}" alt="${escapeHtml(alternative)}"></a>`,
    },
    {
      id: "markdown",
      label: "Markdown",
      text: `[![${escapeMarkdown(alternative)}](${shown})](${image.page_url})`,
    },
    { id: "bbcode", label: "BBCode", text: `[url=${image.page_url}][img]${shown}[/img][/url]` },
  ];
}

const htmlEntities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => htmlEntities[character] ?? "");
}

/** Everything that could end the alternative text or begin a link, HTML, code or emphasis within it. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>&!]/g, "\\$&");
}
