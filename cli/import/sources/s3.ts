// A bucket that speaks S3: what `aws s3api list-objects-v2` prints. Its objects are fetched from where the bucket is public.
import * as z from "zod";
import { type Entry, entryOf } from "../entry.ts";
import { picturesIn } from "./json.ts";

const objectSchema = z.object({
  Key: z.string(),
  Size: z.number().default(1),
  LastModified: z.string().nullish(),
});

/** `base` is where the bucket's objects are reached. Folders and empty objects are left out. */
export function readS3(text: string, { base }: { readonly base: string }): readonly Entry[] {
  const objects = picturesIn(text, objectSchema, ["Contents"]);
  const root = base.replace(/\/?$/, "/");
  return objects
    .filter(({ Key, Size }) => Size > 0 && !Key.endsWith("/"))
    .map(({ Key, LastModified }) => {
      const path = Key.split("/").map(encodeURIComponent).join("/");
      const folder = Key.slice(0, Math.max(0, Key.lastIndexOf("/")));
      return entryOf(
        { kind: "address", url: root + path },
        { name: Key, labels: { folder }, metadata: { uploaded: LastModified } },
      );
    });
}
