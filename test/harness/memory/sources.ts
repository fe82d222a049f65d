// Pictures for the memory bench, made when they are first asked for and kept: a photograph, and noise, which nothing packs.

import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { writeBmp } from "./write-bmp.ts";

export type Content = "photo" | "noise";
export type Kind =
  | "jpg"
  | "progressive"
  | "png"
  | "interlaced"
  | "webp"
  | "lossless"
  | "avif"
  | "gif"
  | "tiff"
  | "bmp";

export interface Made {
  readonly name: string;
  readonly make: () => Promise<string>;
}

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha?: boolean;
}

export const folder = join(tmpdir(), "edgepix-memory-bench");
const photo = join(import.meta.dirname, "../../fixtures/photo.jpg");

const extensions: Readonly<Partial<Record<Kind, string>>> = {
  progressive: "jpg",
  interlaced: "png",
  lossless: "webp",
};

export function sourceOf(kind: Kind, content: Content, picture: Picture): Made {
  const { width, height, hasAlpha = false } = picture;
  const name = `${kind}-${content}${hasAlpha ? "-alpha" : ""}-${width}x${height}.${extensions[kind] ?? kind}`;
  const path = join(folder, name);
  return {
    name,
    async make() {
      if (existsSync(path)) return path;
      await mkdir(folder, { recursive: true });
      const file = await encode(kind, await pixelsOf(content, picture));
      // Renamed when it is whole: a bench that is stopped leaves no half picture behind.
      await writeFile(`${path}.part`, file);
      await rename(`${path}.part`, path);
      return path;
    },
  };
}

async function pixelsOf(content: Content, { width, height, hasAlpha = false }: Picture): Promise<Sharp> {
  const noise = await sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "#777",
      noise: { type: "gaussian", mean: 128, sigma: 90 },
    },
  })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const shown =
    content === "noise"
      ? sharp(noise)
      : sharp(await sharp(photo).resize(width, height, { fit: "fill" }).toBuffer());
  if (!hasAlpha) return shown;
  const { data } = await shown.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const rgba = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    rgba.set(data.subarray(at * 3, at * 3 + 3), at * 4);
    rgba[at * 4 + 3] = ((at % width) * 255) / width;
  }
  return sharp(rgba, { raw: { width, height, channels: 4 } });
}

async function encode(kind: Kind, picture: Sharp): Promise<Uint8Array> {
  switch (kind) {
    case "jpg":
      return picture.jpeg({ quality: 85 }).toBuffer();
    case "progressive":
      return picture.jpeg({ quality: 85, progressive: true }).toBuffer();
    case "png":
      return picture.png({ compressionLevel: 1 }).toBuffer();
    case "interlaced":
      return picture.png({ compressionLevel: 1, progressive: true }).toBuffer();
    case "webp":
      return picture.webp({ quality: 85, effort: 0 }).toBuffer();
    case "lossless":
      return picture.webp({ lossless: true, effort: 0 }).toBuffer();
    case "avif":
      return picture.avif({ quality: 70, effort: 0 }).toBuffer();
    case "gif":
      return picture.gif({ effort: 1 }).toBuffer();
    case "tiff":
      return picture.tiff({ compression: "lzw" }).toBuffer();
    case "bmp":
      return writeBmp(await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true }));
  }
}
