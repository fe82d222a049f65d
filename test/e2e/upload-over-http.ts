// Uploads a test picture over real HTTP, the way curl does it.
import { extname } from "node:path";
import type { Image } from "../../schema/api.ts";
import { mimeTypes } from "../../schema/facts.ts";
import { fixture } from "../support/fixtures.ts";
import { type Upload, upload } from "../support/upload.ts";

const types: Readonly<Record<string, string>> = mimeTypes;

export function uploadOverHttp(origin: string, name: string, wanted?: Upload): Promise<Image> {
  const type = types[extname(name).slice(1)] ?? "application/octet-stream";
  const file = new File([Uint8Array.from(fixture(name))], name, { type });
  return upload((path, order) => fetch(origin + path, order), file, wanted);
}
