// Cloudflare Images: what `GET /accounts/{account}/images/v1` and `/v2` answer, https://developers.cloudflare.com/api/resources/images.
import * as z from "zod";
import { type Entry, entryOf } from "../entry.ts";
import { picturesIn } from "./json.ts";

const pictureSchema = z.object({
  id: z.string(),
  filename: z.string().nullish(),
  uploaded: z.string().nullish(),
  requireSignedURLs: z.boolean().default(false),
  meta: z.record(z.string(), z.unknown()).nullish(),
  variants: z.array(z.url()).min(1, "a picture has no variants"),
});

/** `variant` is the one that keeps the picture as it is; else the one that is called public, else the first. */
export function readCloudflareImages(
  text: string,
  { variant = "public" }: { readonly variant?: string | undefined },
): readonly Entry[] {
  const pictures = picturesIn(text, pictureSchema, ["result.images", "images"]);
  return pictures.map(({ id, filename, uploaded, requireSignedURLs, meta, variants }) => {
    const url = variants.find((address) => address.endsWith(`/${variant}`)) ?? variants[0] ?? "";
    const said = Object.fromEntries(
      Object.entries(meta ?? {}).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    );
    return entryOf(
      { kind: "address", url },
      {
        name: id,
        filename,
        metadata: { ...said, cloudflare_id: id, uploaded },
        isPublic: !requireSignedURLs,
      },
    );
  });
}
