// Originals that are slow to decode, and the images that are made of them as the API would: stored, and looked at.
import { env, exports } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { images } from "../../schema/tables.ts";
import type { Looked } from "../../workers/shared/looked.ts";
import type { Pixels } from "../../workers/src/geometry/pixels.ts";
import { codecs } from "../../workers/src/render/codecs/index.ts";
import { HeldFile } from "../harness/held-file.ts";
import { tag, tiff } from "../harness/hostile/files/tiff.ts";
import { fixtureBytes } from "../support/fixture-bytes.ts";
import { storeImage } from "../support/stored-image.ts";
import { decode, pngOf } from "./src-request.ts";

/** Each just large enough. */
export const slowOriginals = {
  heic: () => fixtureBytes("one-piece.heic"),
  avif: () => fixtureBytes("photo.avif"),
  webp: async () => webpOf(await photo()),
  png: async () => pngOf(await photo()),
  tiff: async () => tiffOf(await photo()),
} as const satisfies Record<string, () => Promise<Uint8Array>>;

/** 12 megapixels. */
let decoded: Promise<Pixels> | undefined;
export async function photo(): Promise<Pixels> {
  decoded ??= fixtureBytes("photo.jpg").then(decode);
  return decoded;
}

async function webpOf({ data, width }: Pixels): Promise<Uint8Array> {
  const height = 1_800;
  const file = new HeldFile();
  const upper = { width, height, data: data.slice(0, 4 * width * height) };
  await codecs.write.webp.encode(upper, { quality: 90 }, file.write);
  return file.whole();
}

/** Uncompressed, in one strip. */
function tiffOf({ data, width, height }: Pixels): Uint8Array {
  const rgb = new Uint8Array(3 * width * height);
  for (let at = 0, from = 0; at < rgb.length; at += 3, from += 4) rgb.set(data.subarray(from, from + 3), at);
  const entries = 9;
  const start = 8 + 2 + entries * 12 + 4;
  return tiff(
    [
      [tag.width, width],
      [tag.height, height],
      [tag.bits, 8],
      [tag.compression, 1],
      [tag.photometric, 2],
      [tag.stripOffsets, start],
      [tag.samples, 3],
      [tag.rowsPerStrip, height],
      [tag.stripBytes, rgb.length],
    ],
    rgb,
  );
}

type Row = typeof images.$inferSelect;

/** Says of a stored image what src sees, as the API puts it into its row. */
export async function lookAtStored(id: string): Promise<Looked> {
  const db = drizzle(env.DB);
  const row: Row | undefined = await db.select().from(images).where(eq(images.id, id)).get();
  if (!row) throw new Error("there is no such image");
  const { storage, bytes, format, facts } = row;
  const looked = await exports.default.look({ storage, id, bytes, format, facts });
  const master = looked.outcome === "shown" && looked.master ? JSON.stringify(looked.master) : null;
  await db.update(images).set({ master }).where(eq(images.id, id));
  return looked;
}

/** An image whose first look has made its master. */
export async function storeWithMaster(file: Uint8Array, changes: Partial<Row> = {}) {
  const stored = await storeImage(file, changes);
  const looked = await lookAtStored(stored.id);
  if (looked.outcome !== "shown" || !looked.master) throw new Error(`no master: ${JSON.stringify(looked)}`);
  return { ...stored, master: looked.master };
}
