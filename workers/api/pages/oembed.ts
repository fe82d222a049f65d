// oEmbed 1.0 (https://oembed.com): what other sites ask to show a picture in place of its link.
import type { Image } from "../../../schema/api.ts";
import { attributionOf } from "./attribution.ts";
import { oneLine, titleOf } from "./words.ts";

export interface Room {
  readonly maxWidth: number;
  readonly maxHeight: number;
}

type Value = string | number;

/** A photo in the room that the other site has; a link where nothing of it may be shown unasked, or nobody can show it. */
export function oembedOf(image: Image, providerUrl: string, room: Room): Readonly<Record<string, Value>> {
  const { author } = attributionOf(image);
  const common = {
    version: "1.0",
    title: oneLine(titleOf(image)),
    ...(author && { author_name: author }),
    provider_name: "edgepix",
    provider_url: providerUrl,
  };
  const photo = image.nsfw ? null : photoOf(image, room);
  return photo ? { type: "photo", ...common, ...photo } : { type: "link", ...common };
}

function photoOf({ url, width, height, transformable }: Image, { maxWidth, maxHeight }: Room) {
  if (!width || !height) return null;
  const scale = Math.min(1, maxWidth / width, maxHeight / height);
  if (scale === 1) return { url, width, height };
  if (!transformable) return null;
  const box = {
    width: Math.max(1, Math.floor(width * scale)),
    height: Math.max(1, Math.floor(height * scale)),
  };
  return { url: `${url}?w=${box.width}&h=${box.height}&fit=squeeze`, ...box };
}

export function asXml(values: Readonly<Record<string, Value>>): string {
  const elements = Object.entries(values).map(
    ([name, value]) => `<${name}>${escaped(String(value))}</${name}>`,
  );
  return `<?xml version="1.0" encoding="utf-8" standalone="yes"?><oembed>${elements.join("")}</oembed>`;
}

/** What XML 1.0 can't say at all goes. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
