// Image URLs, `{origin}/{storage}/{id}.{ext}?…`: built and parsed in one place, so that they round-trip.
import { type OutputFormat, outputFormats, type SourceFormat, sourceFormats } from "../../schema/facts.ts";
import { imageIdSchema, storageSchema } from "../../schema/ids.ts";
import { parseTransform, printTransform, type Transform } from "../../schema/transform.ts";
import { withPlainAmpersands } from "./http.ts";

export interface ImageAddress {
  readonly storage: string;
  readonly id: string;
  readonly extension: SourceFormat | OutputFormat;
}

export interface ImageUrl extends Omit<ImageAddress, "extension"> {
  /** Null where it names no picture's format: the picture then comes in its own. */
  readonly extension: ImageAddress["extension"] | null;
  readonly transform: Transform;
}

/** The URL of a picture: `buildImageUrl("https://src.example.com", image, { size: "m" })`. */
export function buildImageUrl(origin: string, address: ImageAddress, transform: Transform = {}): string {
  const query = printTransform(transform).toString();
  return `${origin}/${address.storage}/${address.id}.${address.extension}${query && `?${query}`}`;
}

/** The same picture's URL without the nonsense: what is left of a query is at most as long as our own parameters can be. */
export function shortImageUrl(url: URL): string {
  const query = printTransform(parseImageUrl(url)?.transform ?? {}).toString();
  return `${url.origin}${url.pathname}${query && `?${query}`}`;
}

/** What an image URL asks for; undefined where the path is no image's. Nonsense in the extension or the query falls away. */
export function parseImageUrl(url: URL): ImageUrl | undefined {
  const [, storage, id, ext = ""] = /^\/([^/]+)\/([^/.]+)\.([a-z0-9]{1,10})$/i.exec(url.pathname) ?? [];
  const extension = knownExtensions.get(ext.toLowerCase()) ?? null;
  if (!storage || !id) return undefined;
  if (!storageSchema.safeParse(storage).success || !imageIdSchema.safeParse(id).success) return undefined;
  const query = new URL(withPlainAmpersands(url.href)).searchParams;
  return { storage, id, extension, transform: parseTransform(query) };
}

const knownExtensions = new Map<string, SourceFormat | OutputFormat>([
  ...sourceFormats.map((format) => [format, format] as const),
  ...outputFormats.map((format) => [format, format] as const),
  ["jpeg", "jpg"],
]);
