// The one place where a row of the images table becomes the API's Image object.

import * as z from "zod";
import { type Image, timestampSchema } from "../../../schema/api.ts";
import { outputFormats, sourceFormats } from "../../../schema/facts.ts";
import { buildImageUrl, type ImageAddress } from "../../shared/image-url.ts";
import { type NamedSize, namedSize } from "../../shared/size.ts";
import type { Origins } from "../origins.ts";
import { notesOf } from "./notes.ts";
import { parsePairs } from "./pairs.ts";
import type { ImageRow } from "./store/index.ts";

const sizeSchema = z.object({ width: z.int().positive(), height: z.int().positive() });
const sizesSchema = z.object({ small: sizeSchema, medium: sizeSchema, large: sizeSchema });

const extensionSchema = z.enum([...sourceFormats, ...outputFormats]);

/** Unix milliseconds as the wire shows them: `2026-05-01T09:30:00Z`. */
export function toTimestamp(milliseconds: number): string {
  return timestampSchema.parse(`${new Date(milliseconds).toISOString().slice(0, 19)}Z`);
}

export function toImage(row: ImageRow, origins: Pick<Origins, "src" | "page">): Image {
  const address = { storage: row.storage, id: row.id, extension: extensionSchema.parse(row.format) };
  return {
    id: row.id,
    object: "image",
    url: buildImageUrl(origins.src, address),
    page_url: `${origins.page}/${row.id}`,
    sizes: sizesOf(row, origins.src, address),
    filename: row.filename,
    format: row.format,
    width: row.width,
    height: row.height,
    bytes: row.bytes,
    transformable: row.transformable,
    status: row.status,
    public: row.public,
    published_at: row.publishedAt === null ? null : toTimestamp(row.publishedAt),
    expires_at: row.expiresAt === null ? null : toTimestamp(row.expiresAt),
    created_at: toTimestamp(row.createdAt),
    caption: row.caption,
    labels: parsePairs(row.labels),
    metadata: parsePairs(row.metadata),
    nsfw: row.nsfw,
    placeholder: row.thumbhash && row.color ? { thumbhash: row.thumbhash, color: row.color } : null,
    access: "public",
    hidden_metadata: row.hiddenMetadata,
    notes: notesOf(row),
  };
}

function sizesOf(row: ImageRow, origin: string, address: ImageAddress): Image["sizes"] {
  const { width, height } = row;
  if (!row.transformable || width === null || height === null) return {};
  const planned = row.sizes === null ? undefined : sizesSchema.parse(JSON.parse(row.sizes));
  const entry = (name: NamedSize, size = namedSize({ width, height }, name)) => ({
    url: buildImageUrl(origin, address, { size: name }),
    width: size.width,
    height: size.height,
  });
  return {
    small: entry("s", planned?.small),
    medium: entry("m", planned?.medium),
    large: entry("l", planned?.large),
  };
}
