// The pictures of the bench: what each file is. Sizes in bytes are those of heavy photos from phones and cameras.

import type { SceneName } from "./scenes.ts";

export interface PhotoFile {
  readonly scene: SceneName;
  readonly width: number;
  readonly height: number;
  readonly format: "jpg" | "progressive.jpg" | "png" | "webp" | "avif" | "gif" | "heic";
  /** What a JPEG should weigh; its quality is chosen to come near. */
  readonly bytesPerPixel?: number;
}

const camera = { scene: "lake", format: "jpg", bytesPerPixel: 0.49 } as const;
const twelve = { width: 4000, height: 3000 } as const;

export const photoFiles = {
  jpeg1: { ...camera, width: 1160, height: 870 },
  jpeg3: { ...camera, width: 2000, height: 1500 },
  jpeg6: { ...camera, width: 2828, height: 2121 },
  jpeg12: { ...camera, ...twelve },
  jpeg24: { ...camera, width: 6000, height: 4000 },
  jpeg50: { ...camera, width: 8192, height: 6144 },
  jpeg108: { ...camera, width: 12000, height: 9000 },
  progressive12: { ...camera, ...twelve, format: "progressive.jpg" },
  png12: { scene: "lake", ...twelve, format: "png" },
  webp12: { scene: "lake", ...twelve, format: "webp" },
  /** Made of the tiles of the committed fixture; its scene is not used. */
  heic12: { scene: "lake", ...twelve, format: "heic" },
  avif2: { scene: "lake", width: 1632, height: 1224, format: "avif" },
  avif12: { scene: "lake", ...twelve, format: "avif" },
  gif24: { scene: "lake", width: 480, height: 360, format: "gif" },
  jpeg2: { ...camera, width: 1600, height: 1200 },
  pebbles12: { ...camera, ...twelve, scene: "pebbles" },
  street12: { ...camera, ...twelve, scene: "street" },
  foliage12: { ...camera, ...twelve, scene: "foliage" },
  meadow12: { ...camera, ...twelve, scene: "meadow" },
  fabric12: { ...camera, ...twelve, scene: "fabric" },
} as const satisfies Record<string, PhotoFile>;

export type PhotoName = keyof typeof photoFiles;
