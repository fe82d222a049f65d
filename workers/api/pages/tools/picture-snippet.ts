// A <picture> that gives each screen the width it needs, in the best format its browser takes.
import type { Image } from "../../../../schema/api.ts";
import { escapeHtml } from "../snippets.ts";
import { alternativeOf } from "../words.ts";

const WIDTHS = [320, 640, 960, 1280, 1920, 2560];
/** Wide enough for most columns, and what a browser without <picture> loads. */
const FALLBACK_WIDTH = 960;

/** HTML to paste. Of what can't be transformed it is an <img>. */
export function pictureSnippet(image: Image): string {
  const { url, width, height, transformable } = image;
  const alternative = `alt="${escapeHtml(alternativeOf(image))}"`;
  if (!transformable || width === null || height === null)
    return `<img src="${escapeHtml(url)}" ${alternative}>`;
  const widths = [...WIDTHS.filter((one) => one < width), Math.min(width, WIDTHS.at(-1) ?? width)];
  const at = (extension: string, one: number) => url.replace(/\.[a-z0-9]+$/, `.${extension}?w=${one}`);
  const source = (extension: string) => {
    const candidates = [...new Set(widths)].map((one) => `${at(extension, one)} ${one}w`);
    return `  <source type="image/${extension}" sizes="100vw" srcset="${candidates.join(", ")}">`;
  };
  return [
    "<picture>",
    source("avif"),
    source("webp"),
    `  <img src="${at("jpg", Math.min(width, FALLBACK_WIDTH))}" width="${width}" height="${height}" loading="lazy" ${alternative}>`,
    "</picture>",
  ].join("\n");
}
