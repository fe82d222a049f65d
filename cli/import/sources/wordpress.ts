// WordPress: the file of Tools -> Export (WXR), which lists every attachment with its address, title and caption.
import { SaxesParser } from "saxes";
import { Stop } from "../../stop.ts";
import { type Entry, entryOf } from "../entry.ts";

const pictures = /\.(jpe?g|png|gif|webp|avif|hei[cf]|svg|bmp|ico|tiff?)$/i;

export function readWordPress(text: string): readonly Entry[] {
  const items = itemsOf(text).filter((item) => item.get("wp:post_type") === "attachment");
  if (items.length === 0) throw new Stop('No attachment is in it. Export "Media" or "All content".');
  return items.flatMap((item) => {
    const url = item.get("wp:attachment_url") ?? "";
    if (!URL.canParse(url) || !pictures.test(new URL(url).pathname)) return [];
    const caption = item.get("excerpt:encoded") || item.get("title");
    const metadata = {
      wordpress_id: item.get("wp:post_id"),
      alt: item.get("alt"),
      uploaded: item.get("wp:post_date_gmt"),
    };
    return [entryOf({ kind: "address", url }, { caption, metadata })];
  });
}

/** Throws `Stop`. */
function itemsOf(text: string): ReadonlyMap<string, string>[] {
  const items: Map<string, string>[] = [];
  let item: Map<string, string> | undefined;
  let words = "";
  let metaKey = "";
  const parser = new SaxesParser();
  parser.on("error", (problem) => {
    throw new Stop(`That is no export of WordPress: ${problem.message}`, undefined, { cause: problem });
  });
  parser.on("opentag", ({ name }) => {
    words = "";
    if (name === "item") item = new Map();
  });
  const say = (piece: string) => {
    words += piece;
  };
  parser.on("text", say);
  parser.on("cdata", say);
  parser.on("closetag", ({ name }) => {
    if (name === "item" && item) items.push(item);
    if (name === "wp:meta_key") metaKey = words.trim();
    // What a picture shows, in words, is a meta value of its own.
    else if (name === "wp:meta_value" && metaKey === "_wp_attachment_image_alt")
      item?.set("alt", words.trim());
    else item?.set(name, words.trim());
    words = "";
  });
  parser.write(text).close();
  return items;
}
