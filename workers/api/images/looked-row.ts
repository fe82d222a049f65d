// What a look at an original changes in its row.
import * as z from "zod";
import { sourceFormats } from "../../../schema/facts.ts";
import { MAX_ORIGINAL_PIXELS } from "../../../schema/transform.ts";
import type { AnsweredSizes, Looked } from "../../shared/looked.ts";
import { isServedAsItIs } from "../../shared/shown-as.ts";
import { namedSize } from "../../shared/size.ts";
import { damagedNote, NO_PIXELS, notTransformableNote, TOO_MANY_PIXELS } from "./notes.ts";
import type { ImageRow } from "./store/index.ts";

/** A look that came to an end. */
export type Seen = Exclude<Looked, { readonly outcome: "later" | "failed" }>;

/** Undefined where nothing is known of the picture. */
export function seenBy(looked: Looked): Seen | undefined {
  return looked.outcome === "later" || looked.outcome === "failed" ? undefined : looked;
}

export type LookColumns = Pick<
  ImageRow,
  | "transformable"
  | "notes"
  | "sizes"
  | "width"
  | "height"
  | "thumbhash"
  | "color"
  | "master"
  | "lookedBy"
  | "lookDueAt"
  | "lookAttempts"
>;

const lookFactsSchema = z.object({
  format: z.enum(sourceFormats),
  width: z.number(),
  height: z.number(),
  displayedWidth: z.number(),
  displayedHeight: z.number(),
  crop: z.unknown().optional(),
  damaged: z.literal(true).optional(),
});
type LookFacts = z.infer<typeof lookFactsSchema>;

const settled = { lookDueAt: null, lookAttempts: 0 } as const;

/** A bucket that has refused a master may take it later; the picture is shown as well without. */
const MASTER_AGAIN_MILLISECONDS = 3_600_000;

/** Why there is nothing to transform, where no look need tell; undefined where the pixels must be looked at. */
export function untransformable({ format, width, height }: LookFacts): string | undefined {
  if (format === "svg") return NO_PIXELS;
  return width * height > MAX_ORIGINAL_PIXELS ? TOO_MANY_PIXELS : undefined;
}

/** The notes of a file that was not looked at yet. */
export function notesBefore({ damaged }: LookFacts): string {
  return JSON.stringify(damaged ? [damagedNote] : []);
}

/** What of its facts a row's promises hang on. */
export function lookFacts({ facts }: Pick<ImageRow, "facts">): LookFacts {
  return lookFactsSchema.parse(JSON.parse(facts));
}

export function columnsOf(seen: Seen, facts: LookFacts, now: number): LookColumns {
  if (seen.outcome !== "shown") return columnsWithout(seen.reason, facts, seen.engine);
  const { width, height } = seen.sizes.plain;
  const notes = seen.isDamaged || facts.damaged ? [damagedNote] : [];
  return {
    ...settled,
    transformable: true,
    notes: JSON.stringify(notes),
    sizes: isByArithmetic(seen.sizes) ? null : JSON.stringify(seen.sizes),
    width,
    height,
    ...seen.placeholder,
    master: seen.master ? JSON.stringify(seen.master) : null,
    lookedBy: seen.engine,
    lookDueAt: seen.isMasterOwed ? now + MASTER_AGAIN_MILLISECONDS : null,
  };
}

/** Of an original that is served as it is. `engine`: null where no look came to an end. */
export function columnsWithout(reason: string, facts: LookFacts, engine: number | null): LookColumns {
  return {
    ...settled,
    transformable: false,
    notes: JSON.stringify([notTransformableNote(reason), ...(facts.damaged ? [damagedNote] : [])]),
    sizes: null,
    width: facts.displayedWidth,
    height: facts.displayedHeight,
    thumbhash: null,
    color: null,
    master: null,
    lookedBy: engine,
  };
}

/** Whether its URLs would answer nothing that anybody can see: such a file is not kept. */
export function isOfNoUse(seen: Seen, facts: LookFacts): seen is Exclude<Seen, { outcome: "shown" }> {
  return seen.outcome === "garbage" || (seen.outcome === "unreadable" && !isServedAsItIs(facts));
}

function isByArithmetic({ plain, small, medium, large }: AnsweredSizes): boolean {
  const named = [namedSize(plain, "s"), namedSize(plain, "m"), namedSize(plain, "l")];
  return JSON.stringify(named) === JSON.stringify([small, medium, large]);
}
