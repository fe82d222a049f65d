// Chevereto: its table of images as CSV (`SELECT * FROM chv_images`), and where its uploads are reached.

import { Stop } from "../../stop.ts";
import { type Entry, entryOf } from "../entry.ts";
import { type Row, rowsOf, saysYes } from "./table.ts";

/** `base` is the address of its folder `images`. */
export function readChevereto(text: string, { base }: { readonly base: string }): readonly Entry[] {
  return rowsOf(text).map((row, index) => {
    const { image_name: name, image_extension: extension } = row;
    if (!name || !extension)
      throw new Stop(`Row ${index + 2} has no image_name and image_extension: that is no chv_images.`);
    const path = `${folderOf(row)}${encodeURIComponent(name)}.${extension}`;
    const caption = [row.image_title, row.image_description]
      .filter((words) => words && words !== "NULL")
      .join("\n\n");
    return entryOf(
      { kind: "address", url: `${base.replace(/\/?$/, "/")}${path}` },
      {
        name: path,
        filename: row.image_original_filename || `${name}.${extension}`,
        caption,
        nsfw: saysYes(row.image_nsfw, false),
        labels: { album: present(row.image_album_id), category: present(row.image_category_id) },
        metadata: {
          chevereto_id: row.image_id,
          uploaded: present(row.image_date_gmt) ?? present(row.image_date),
        },
      },
    );
  });
}

const present = (text: string | undefined) => (text && text !== "NULL" && text !== "\\N" ? text : undefined);

/** As `image_storage_mode` says: by the day of the upload, all in `old`, or right there. */
function folderOf({ image_storage_mode: mode = "datefolder", image_date: date = "" }: Row): string {
  const [, day] = /^(\d{4}-\d{2}-\d{2})/.exec(date) ?? [];
  if (mode === "old") return "old/";
  return mode === "datefolder" && day ? `${day.replaceAll("-", "/")}/` : "";
}
