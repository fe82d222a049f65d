// AVIFs and HEICs as the world's writers make them.
import { avifFeatures } from "../../make-fixtures/avif-features.ts";
import { heicFeatures, heicGridFeatures } from "../../make-fixtures/heic-features.ts";
import type { HeifFeature } from "../../make-fixtures/heif-features.ts";
import type { MadeFile } from "../made-file.ts";

const listed = (format: "avif" | "heic", kind: string, features: readonly HeifFeature[]) =>
  features.map(
    ({ what, bytes, seen }): MadeFile => ({
      format,
      feature: `${kind}: ${what}`,
      make: () => bytes,
      ...(seen === null && { expected: "no" }),
      isForThePageOnly: true,
    }),
  );

export const files = [
  ...listed("avif", "written by hand", avifFeatures),
  ...listed("heic", "one piece", heicFeatures),
  ...listed("heic", "tiles", heicGridFeatures),
];
