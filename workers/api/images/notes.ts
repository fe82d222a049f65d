// What a person should know of an image: found when it was looked at, or told by its formats.
import * as z from "zod";
import { type Note, noteSchema } from "../../../schema/api.ts";
import { type SourceFormat, sourceFormats } from "../../../schema/facts.ts";
import { isShownAsItIs } from "../../shared/shown-as.ts";
import type { ImageRow } from "./store/index.ts";

const notesSchema = z.array(noteSchema);
const formatSchema = z.object({ format: z.enum(sourceFormats) });

export const damagedNote: Note = {
  code: "damaged",
  message: "The end of the file is missing or broken. The picture is shown as far as it goes.",
};

/** `reason`: a sentence. */
export function notTransformableNote(reason: string): Note {
  return { code: "not_transformable", message: `${reason} It is served as it was uploaded.` };
}

/** Those of the row, and what its formats say: rows from before there were notes need them too. */
export function notesOf(row: Pick<ImageRow, "notes" | "facts" | "format" | "transformable">): Note[] {
  const stored = notesSchema.parse(JSON.parse(row.notes));
  const { format } = formatSchema.parse(JSON.parse(row.facts));
  const isSaid = row.transformable || stored.some(({ code }) => code === "not_transformable");
  const notTransformable = isSaid ? [] : [notTransformableNote(whyNot(format))];
  return [
    ...notTransformable,
    ...stored,
    ...(isShownAsItIs(format) ? [] : [convertedNote(format, row.format)]),
  ];
}

function convertedNote(uploaded: SourceFormat, shown: string): Note {
  const [from, to] = [uploaded.toUpperCase(), shown.toUpperCase()];
  return {
    code: "converted",
    message: `Uploaded as ${from}, which browsers can't show. The plain URL answers ${to}.`,
  };
}

export const NO_PIXELS = "A drawing has no pixels to work on.";
/** Of `MAX_ORIGINAL_PIXELS`. */
export const TOO_MANY_PIXELS = "The picture has more than 300 megapixels.";

const whyNot = (format: SourceFormat) => (format === "svg" ? NO_PIXELS : TOO_MANY_PIXELS);
