// What the plan reads of an original's stored facts. The row holds JSON, so it is parsed like any stranger's.
import * as z from "zod";
import { sourceFormats } from "../../../schema/facts.ts";

export const originalFactsSchema = z.object({
  format: z.enum(sourceFormats),
  /** Pixels as stored, before the orientation is applied. */
  width: z.int().positive(),
  height: z.int().positive(),
  /** What is shown of the stored picture; rows from before say nothing, and show all of it. */
  crop: z
    .object({
      x: z.int().nonnegative(),
      y: z.int().nonnegative(),
      width: z.int().positive(),
      height: z.int().positive(),
    })
    .nullish(),
  orientation: z.literal([1, 2, 3, 4, 5, 6, 7, 8]),
  animated: z.boolean(),
  /** Null where the file doesn't say, and in rows from before they were counted. */
  frames: z.int().positive().nullable().default(null),
  alpha: z.boolean(),
  /** It can't be decoded row by row. */
  progressive: z.boolean(),
  /** Samples that the file codes for a pixel: 1.5 for a 4:2:0 JPEG. */
  samplesPerPixel: z.number().positive(),
  /** Bits a sample; null where the header does not say. */
  bitDepth: z.number().nullable(),
  hasIcc: z.boolean(),
  /** Segments, chunks or blocks that the file is cut into: each costs a little whenever it is walked through. */
  pieces: z.int().nonnegative().optional(),
  /** Of a PNG whose first frame is not its still. */
  apart: z.literal(true).optional(),
  /** Of a JPEG that has no end. */
  endless: z.literal(true).optional(),
  /** Of a JPEG that is not progressive and has a scan for each of its components. */
  separate: z.literal(true).optional(),
  /** What the bitstreams in a container say of their size. Rows from before say nothing, and are held to the size above. */
  coded: z
    .object({ width: z.int().positive(), height: z.int().positive(), pixels: z.number().positive() })
    .nullish(),
  /** The file is broken or was cut off, and is read as far as it goes. */
  damaged: z.literal(true).optional(),
  /** Where a WebP's picture ends in the file, where its header tells another place. */
  pictureEnd: z.int().positive().optional(),
});

export type OriginalFacts = z.infer<typeof originalFactsSchema>;
