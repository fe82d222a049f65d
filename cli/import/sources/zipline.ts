// Zipline 4: what `GET /api/user/files` answers, https://zipline.diced.sh.
import * as z from "zod";
import { type Entry, entryOf } from "../entry.ts";
import { picturesIn } from "./json.ts";

const fileSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string().default(""),
  url: z.string().nullish(),
  originalName: z.string().nullish(),
  createdAt: z.string().nullish(),
  password: z.union([z.string(), z.boolean()]).nullish(),
  tags: z.array(z.object({ name: z.string() })).nullish(),
});

/** `base` is where Zipline is reached. Files that are no pictures are left out. */
export function readZipline(text: string, { base }: { readonly base: string }): readonly Entry[] {
  const files = picturesIn(text, fileSchema, ["page", "files"]);
  return files
    .filter(({ type }) => type === "" || type.startsWith("image/"))
    .map(({ id, name, url, originalName, createdAt, password, tags }) => {
      const labels = Object.fromEntries((tags ?? []).map((tag) => [tag.name, "yes"]));
      return entryOf(
        { kind: "address", url: new URL(url ?? `/u/${encodeURIComponent(name)}`, base).href },
        {
          name: id,
          filename: originalName || name,
          labels,
          metadata: { zipline_name: name, uploaded: createdAt },
          isPublic: !password,
        },
      );
    });
}
